import type { BackupLibrary } from '../../backup/backup-format.ts';
import type { BackupWork } from '../../backup/backup-run.ts';
import type { Backup } from '../../backup/read-backup.ts';
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

/** "1,000 photos, 5 models and 1 base model"; of what there is none, nothing is said. */
function contents(photos: number, models: number, bases: number): string {
  const some = (count: number, one: string) =>
    count === 0 ? [] : [`${wholeNumber(count)} ${one}${count === 1 ? '' : 's'}`];
  const parts = [
    ...(photos > 0 || models + bases === 0 ? [photoCount(photos)] : []),
    ...some(models, 'model'),
    ...some(bases, 'base model'),
  ];
  const last = parts.pop()!;
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}

/** "1,000 photos and 5 models, from 3 May 2026 at 14:02." */
export function backupSentence({ photos, models, bases = [], createdAt }: BackupLibrary): string {
  const held = contents(photos.length, models.length, bases.length);
  return `${held}, from ${moment.format(createdAt)}.`;
}

/** What is known before anything is restored. */
export function damagedBaseSentences({
  library,
  damagedBases,
}: Pick<Backup, 'library' | 'damagedBases'>): string[] {
  return (library.bases ?? [])
    .filter(({ id }) => damagedBases.has(id))
    .map(({ name }) => `The base model “${name}” is damaged in this backup, and stays out.`);
}

export function writtenSentences({ photos, models, bases, leftOut }: BackupReport): string[] {
  const sentences = [`It holds ${contents(photos, models, bases)}.`];
  if (leftOut > 0) {
    sentences.push(`${wholeNumber(leftOut)} could not be read and are not in it.`);
  }
  return sentences;
}

export function restoredSentences(report: RestoreReport): string[] {
  const { photosAdded, modelsAdded, basesAdded, basesRefused, problem } = report;
  const { photosHereAlready, modelsHereAlready, basesHereAlready } = report;
  const sentences = [`Added: ${contents(photosAdded, modelsAdded, basesAdded)}.`];
  if (photosHereAlready + modelsHereAlready + basesHereAlready > 0) {
    const here = contents(photosHereAlready, modelsHereAlready, basesHereAlready);
    sentences.push(`Here already, and left as they are: ${here}.`);
  }
  for (const { name, reason } of basesRefused) {
    sentences.push(`The base model “${name}” was not restored. ${reason}`);
  }
  if (problem) sentences.push('The rest is still in the backup: restore it once more.');
  return sentences;
}
