import { Problem } from '../problem.ts';

export type StorageProblemKind = 'quota' | 'disk' | 'blocked' | 'newer' | 'unavailable' | 'storage';

/** What IndexedDB threw, as a sentence for the person. Problems pass through untouched. */
export function storageProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown as Problem;
  const name = thrown instanceof Error ? thrown.name : '';
  const message = thrown instanceof Error ? thrown.message : '';
  const problem = (kind: StorageProblemKind, sentence: string) =>
    new Problem<StorageProblemKind>(kind, sentence, { cause: thrown });
  if (name === 'QuotaExceededError') {
    return problem(
      'quota',
      'This phone’s storage for the app is full. Nothing saved so far is lost; free some space and try again.',
    );
  }
  // Chromium reports a full disk as a DataError that names the blobs, not as a quota.
  if (name === 'DataError' && message.includes('IOError')) {
    return problem(
      'disk',
      'The disk is full. Nothing saved so far is lost; free some space and try again.',
    );
  }
  if (name === 'VersionError') {
    return problem(
      'newer',
      'A newer version of the app has been here. Reload to get it; your photos are safe.',
    );
  }
  return problem('storage', 'The photo library could not be read or written. Try again.');
}
