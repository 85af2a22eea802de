import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { withheldBecauseOf, type Withheld } from '../platform/withheld.ts';

/**
 * Why the database cannot be used: the quota or the disk is full, another tab with an older version
 * blocks it, a newer version has upgraded it, the browser does not open it or withholds what the app
 * needs, or any other error.
 */
export type StorageProblemKind =
  'quota' | 'disk' | 'blocked' | 'newer' | 'unavailable' | Withheld['kind'] | 'storage';

/**
 * Converts what IndexedDB threw to a Problem with a localized sentence; a Problem is returned as it
 * is.
 */
export function storageProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown as Problem;
  const withheld = withheldBecauseOf(thrown);
  if (withheld) return new Problem(withheld.kind, withheld.message);
  const name = thrown instanceof Error ? thrown.name : '';
  const message = thrown instanceof Error ? thrown.message : '';
  const problem = (kind: StorageProblemKind, sentence: string) =>
    new Problem<StorageProblemKind>(kind, sentence, { cause: thrown });
  if (name === 'QuotaExceededError') {
    return problem(
      'quota',
      msg(
        'This phone’s storage for the app is full. Nothing saved so far is lost; free some space and try again.',
      ),
    );
  }
  // Chromium's messages for a full disk: blobs or a log could not be written.
  const full =
    message.includes('FILE_ERROR_NO_SPACE') ||
    (name === 'DataError' && message.includes('IOError'));
  if (full) {
    return problem(
      'disk',
      msg('The disk is full. Nothing saved so far is lost; free some space and try again.'),
    );
  }
  if (name === 'VersionError') {
    return problem(
      'newer',
      msg('A newer version of the app has been here. Reload to get it; your photos are safe.'),
    );
  }
  return problem('storage', msg('The photo library could not be read or written. Try again.'));
}
