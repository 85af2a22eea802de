import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { withheldBecauseOf, type Withheld } from '../platform/withheld.ts';

/**
 * Why the database cannot be used: the quota or the disk is full, another tab with an older version
 * blocks it, a newer version has upgraded it, the browser does not open it or withholds what the app
 * needs, or any other error.
 */
export type StorageProblemKind =
  | 'quota'
  | 'disk'
  | 'blocked'
  | 'newer'
  | 'unavailable'
  | Withheld['kind']
  | 'storage';

/**
 * Converts what IndexedDB, the file system or Cache Storage threw to a Problem with a localized
 * sentence; a Problem is returned as it is. The reason may be the cause of what was thrown: an
 * AbortError says only that a transaction has failed.
 *
 * @param full what the storage is known to lack space for: the reason of an error that names none
 */
export function storageProblem(thrown: unknown, full?: 'quota' | 'disk'): Problem {
  if (thrown instanceof Problem) return thrown as Problem;
  const withheld = withheldBecauseOf(thrown);
  if (withheld) return new Problem(withheld.kind, withheld.message);
  const kind = kindOf(thrown) ?? (isFailure(thrown) ? full : undefined) ?? 'storage';
  return new Problem<StorageProblemKind>(kind, sentenceOf(kind), { cause: thrown });
}

/** Whether an error says itself why the database cannot be used. */
export function hasReason(thrown: unknown): boolean {
  return thrown instanceof Problem || kindOf(thrown) !== undefined;
}

type FoundKind = Extract<StorageProblemKind, 'quota' | 'disk' | 'newer'>;

/** The kind of an error or of its causes; undefined if none of them is known. */
function kindOf(thrown: unknown): FoundKind | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { name, message, cause } = thrown;
  if (name === 'QuotaExceededError') return 'quota';
  // Chromium's messages for a full disk: blobs or a log could not be written.
  const isDiskFull =
    message.includes('FILE_ERROR_NO_SPACE') ||
    (name === 'DataError' && message.includes('IOError'));
  if (isDiskFull) return 'disk';
  if (name === 'VersionError') return 'newer';
  return cause === thrown ? undefined : kindOf(cause);
}

/** Whether the browser has failed, not the app: these errors name no reason. */
function isFailure(thrown: unknown): boolean {
  const names = ['AbortError', 'DataError', 'InvalidStateError', 'UnknownError'];
  return thrown instanceof Error && names.includes(thrown.name);
}

function sentenceOf(kind: FoundKind | 'storage'): string {
  switch (kind) {
    case 'quota':
      return msg(
        'This phone’s storage for the app is full. Nothing saved so far is lost; free some space and try again.',
      );
    case 'disk':
      return msg('The disk is full. Nothing saved so far is lost; free some space and try again.');
    case 'newer':
      return msg(
        'A newer version of the app has been here. Reload to get it; your photos are safe.',
      );
    case 'storage':
      return msg('The photo library could not be read or written. Try again.');
  }
}
