import type { BackupLibrary } from '../../backup/backup-format.ts';
import type { BackupWork } from '../../session/backup-run.ts';
import type { Backup } from '../../backup/read-backup.ts';
import type { RestoreReport } from '../../backup/restore-backup.ts';
import type { BackupReport } from '../../backup/write-backup.ts';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { listOf, modelCount, photoCount, wholeNumber } from '../../ui/phrases.ts';

const moment = new Intl.DateTimeFormat(intlTag(), { dateStyle: 'long', timeStyle: 'short' });

/** Titles while a backup or a restore is running. */
export const WORK_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: msg('Writing the backup'),
  checking: msg('Checking the backup'),
  restoring: msg('Restoring'),
};

/** Titles after a failure, by the work that failed. */
export const FAILURE_TITLES: Readonly<Record<BackupWork, string>> = {
  writing: msg('The backup was not written'),
  checking: msg('This file was not restored'),
  restoring: msg('Not restored'),
};

/** "1,000 photos, 5 models and 1 base model"; counts of 0 are left out unless all are 0. */
function contents(photos: number, models: number, bases: number): string {
  return listOf([
    ...(photos > 0 || models + bases === 0 ? [photoCount(photos)] : []),
    ...(models > 0 ? [modelCount(models)] : []),
    ...(bases > 0 ? [baseCount(bases)] : []),
  ]);
}

function baseCount(count: number): string {
  const n = wholeNumber(count);
  return plural(count, { one: msg(str`${n} base model`), other: msg(str`${n} base models`) });
}

/** "1,000 photos and 5 models, from 3 May 2026 at 14:02." */
export function backupSentence({ photos, models, bases = [], createdAt }: BackupLibrary): string {
  const held = contents(photos.length, models.length, bases.length);
  const time = moment.format(createdAt);
  return msg(str`${held}, from ${time}.`, {
    desc: 'a backup: “3 photos and 1 model, from 3 May 2026”',
  });
}

/** What a checked backup lists and cannot be restored, one sentence each. */
export function missingSentences({
  library,
  damagedBases,
  photosWithoutClass,
}: Pick<Backup, 'library' | 'damagedBases' | 'photosWithoutClass'>): string[] {
  const damaged = (library.bases ?? [])
    .filter(({ id }) => damagedBases.has(id))
    .map(({ name }) =>
      msg(str`The base model “${name}” is damaged in this backup, and stays out.`),
    );
  return [...damaged, ...withoutClassSentences(photosWithoutClass)];
}

/** Says that photos without a class are left out; nothing if there are none. */
function withoutClassSentences(photosWithoutClass: number): string[] {
  if (photosWithoutClass === 0) return [];
  const photos = photoCount(photosWithoutClass);
  return [
    msg(str`Left out, because the class no longer exists: ${photos}.`, { desc: '“3 photos”' }),
  ];
}

/** What a written backup contains, and what could not be read. */
export function writtenSentences(report: BackupReport): string[] {
  const { photosLeftOut, namesLeftOut } = report;
  const held = contents(report.photos, report.models, report.bases);
  const sentences = [msg(str`It holds ${held}.`, { desc: 'a backup: “3 photos and 1 model”' })];
  if (photosLeftOut + namesLeftOut.length > 0) {
    const photos = photosLeftOut > 0 ? [photoCount(photosLeftOut)] : [];
    const missing = listOf([...photos, ...namesLeftOut]);
    sentences.push(
      msg(str`Left out, because it could not be read: ${missing}.`, {
        desc: 'photos, models and base models: “3 photos and Model 2”',
      }),
    );
  }
  return [...sentences, ...withoutClassSentences(report.photosWithoutClass)];
}

/** The result of a restore: what was added, skipped or refused. */
export function restoredSentences(report: RestoreReport): string[] {
  const { photosAdded, modelsAdded, basesAdded, basesRefused, problem } = report;
  const { photosHereAlready, modelsHereAlready, basesHereAlready } = report;
  const added = contents(photosAdded, modelsAdded, basesAdded);
  const sentences = [msg(str`Added: ${added}.`)];
  if (photosHereAlready + modelsHereAlready + basesHereAlready > 0) {
    const here = contents(photosHereAlready, modelsHereAlready, basesHereAlready);
    sentences.push(msg(str`Here already, and left as they are: ${here}.`));
  }
  for (const { name, reason } of basesRefused) {
    sentences.push(
      msg(str`The base model “${name}” was not restored. ${reason}`, {
        desc: '${1}: a sentence that says why',
      }),
    );
  }
  sentences.push(...withoutClassSentences(report.photosWithoutClass));
  if (problem) sentences.push(msg('The rest is still in the backup: restore it once more.'));
  return sentences;
}
