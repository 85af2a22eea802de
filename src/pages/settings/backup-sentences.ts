import type { BackupLibrary } from '../../backup/backup-format.ts';
import type { BackupWork } from '../../backup/backup-run.ts';
import type { RestoreReport } from '../../backup/restore-backup.ts';
import type { BackupReport } from '../../backup/write-backup.ts';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { listOf, modelCount, photoCount, wholeNumber } from '../../ui/phrases.ts';

const moment = new Intl.DateTimeFormat(intlTag(), { dateStyle: 'long', timeStyle: 'short' });

export const WORK_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: msg('Writing the backup'),
  checking: msg('Checking the backup'),
  restoring: msg('Restoring'),
};

export const FAILURE_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: msg('The backup was not written'),
  checking: msg('This file was not restored'),
  restoring: msg('Not restored'),
};

/** "1,000 photos and 5 models"; of what there is none, nothing is said. */
function contents(photos: number, models: number): string {
  if (models === 0) return photoCount(photos);
  return photos === 0 ? modelCount(models) : listOf([photoCount(photos), modelCount(models)]);
}

/** "1,000 photos and 5 models, from 3 May 2026 at 14:02." */
export function backupSentence({ photos, models, createdAt }: BackupLibrary): string {
  const held = contents(photos.length, models.length);
  const time = moment.format(createdAt);
  return msg(str`${held}, from ${time}.`, {
    desc: 'a backup: “3 photos and 1 model, from 3 May 2026”',
  });
}

export function writtenSentences({ photos, models, leftOut }: BackupReport): string[] {
  const held = contents(photos, models);
  const sentences = [msg(str`It holds ${held}.`, { desc: 'a backup: “3 photos and 1 model”' })];
  if (leftOut > 0) {
    const n = wholeNumber(leftOut);
    sentences.push(
      plural(leftOut, {
        one: msg(str`${n} could not be read and is not in it.`, {
          desc: 'photos and models, of a backup',
        }),
        other: msg(str`${n} could not be read and are not in it.`, {
          desc: 'photos and models, of a backup',
        }),
      }),
    );
  }
  return sentences;
}

export function restoredSentences(report: RestoreReport): string[] {
  const { photosAdded, modelsAdded, photosHereAlready, modelsHereAlready, problem } = report;
  const added = contents(photosAdded, modelsAdded);
  const sentences = [msg(str`Added: ${added}.`)];
  if (photosHereAlready + modelsHereAlready > 0) {
    const here = contents(photosHereAlready, modelsHereAlready);
    sentences.push(msg(str`Here already, and left as they are: ${here}.`));
  }
  if (problem) sentences.push(msg('The rest is still in the backup: restore it once more.'));
  return sentences;
}
