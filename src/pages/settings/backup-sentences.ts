import type { BackupLibrary } from '../../backup/backup-format.ts';
import type { BackupWork } from '../../backup/backup-run.ts';
import type { RestoreReport } from '../../backup/restore-backup.ts';
import type { BackupReport } from '../../backup/write-backup.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

export const WORK_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: 'Writing the backup',
  checking: 'Checking the backup',
  restoring: 'Restoring',
};

export const FAILURE_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: 'The backup was not written',
  checking: 'This file was not restored',
  restoring: 'Not restored',
};

/** "1,000 photos and 5 models"; of what there is none, nothing is said. */
function contents(photos: number, models: number): string {
  if (models === 0) return photoCount(photos);
  const count = `${wholeNumber(models)} ${models === 1 ? 'model' : 'models'}`;
  return photos === 0 ? count : `${photoCount(photos)} and ${count}`;
}

/** "1,000 photos and 5 models, from 3 May 2026 at 14:02." */
export function backupSentence({ photos, models, createdAt }: BackupLibrary): string {
  return `${contents(photos.length, models.length)}, from ${moment.format(createdAt)}.`;
}

export function writtenSentences({ photos, models, leftOut }: BackupReport): string[] {
  const sentences = [`It holds ${contents(photos, models)}.`];
  if (leftOut > 0) {
    sentences.push(`${wholeNumber(leftOut)} could not be read and are not in it.`);
  }
  return sentences;
}

export function restoredSentences(report: RestoreReport): string[] {
  const { photosAdded, modelsAdded, photosHereAlready, modelsHereAlready, problem } = report;
  const sentences = [`Added: ${contents(photosAdded, modelsAdded)}.`];
  if (photosHereAlready + modelsHereAlready > 0) {
    const here = contents(photosHereAlready, modelsHereAlready);
    sentences.push(`Here already, and left as they are: ${here}.`);
  }
  if (problem) sentences.push('The rest is still in the backup: restore it once more.');
  return sentences;
}
