import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';

/** Why a backup is refused, or was not written: `unproved` is one that could not be restored. */
type BackupProblemKind =
  | 'not-a-backup'
  | 'newer-backup'
  | 'damaged-backup'
  | 'unreadable'
  | 'unproved';

/** The file is no zip, or none that has the entries of a backup. @param cause what was found */
export function notABackup(cause: unknown): Problem<BackupProblemKind> {
  return new Problem('not-a-backup', msg('This file is not a backup of Purrceptron.'), { cause });
}

/** Its format is newer than those that this version of the app reads. */
export function newerBackup(): Problem<BackupProblemKind> {
  return new Problem(
    'newer-backup',
    msg('This backup is from a newer version of the app. Update the app, then restore it.'),
  );
}

/** The browser could not read the file. @param cause its error */
export function unreadable(cause: unknown): Problem<BackupProblemKind> {
  return new Problem(
    'unreadable',
    msg('The file cannot be read, or was changed meanwhile. Choose it once more.'),
    { cause },
  );
}

/** A table or another entry is missing, or its contents are wrong. @param cause which, and why */
export function damaged(cause: unknown): Problem<BackupProblemKind> {
  return new Problem(
    'damaged-backup',
    msg('This backup is damaged: nothing of it was restored, and nothing here was changed.'),
    { cause },
  );
}

/** A new backup that failed the check by reading it again. @param cause the error of that check */
export function unproved(cause: unknown): Problem<BackupProblemKind> {
  return new Problem(
    'unproved',
    msg('The app could not have restored this file, so it was not kept. Nothing here was changed.'),
    { cause },
  );
}

/**
 * The Problem for an error while a part of the file was read. Browsers reject the read of a file
 * with a DOMException: it was moved, changed or deleted after it was chosen, the permission was
 * withdrawn, or the cloud no longer gives it. Any other error is one of the contents.
 *
 * @param otherwise the Problem for wrong contents
 */
export function readProblem(
  thrown: unknown,
  otherwise: (cause: unknown) => Problem<BackupProblemKind>,
): Problem {
  if (thrown instanceof Problem) return thrown as Problem;
  return thrown instanceof DOMException ? unreadable(thrown) : otherwise(thrown);
}
