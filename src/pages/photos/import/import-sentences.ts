import { intlTag } from '../../../i18n/language.ts';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { MOST_CLASSES } from '../../../photos/class-limits.ts';
import { countPhotosFound } from '../../../photos/import/count-photos.ts';
import { countFilms } from '../../../photos/import/found-films.ts';
import type { FoundPicture } from '../../../photos/import/found-picture.ts';
import type { LabelGroup } from '../../../photos/import/label-groups.ts';
import type { ImportRun } from '../../../session/import-run.ts';
import { aboutTime, listOf, photoCount, wholeNumber } from '../../../ui/phrases.ts';
import { importSummary, labelQuestion, NO_LABEL } from '../photo-sentences.ts';
import type { ClassRecord } from '../../../records/class.ts';
import type { Split } from '../../../records/photo.ts';

/** The current step of the import sheet. */
export type ImportStep = 'choose' | 'looking' | 'ask' | 'match' | 'running' | 'done';

const counts = new Intl.ListFormat(intlTag(), { type: 'unit', style: 'short' });

/** Maximum number of class names in a title. */
const NAMED = 3;

/** "Cat and Dog", or "5 classes": the labels of the imported pictures. */
function labelNames(labels: readonly Pick<ClassRecord, 'name'>[]): string {
  const n = wholeNumber(labels.length);
  if (labels.length > NAMED) return msg(str`${n} classes`, { desc: '4 or more' });
  return listOf(labels.map(({ name }) => name));
}

/** Name of a group in the list of groups. */
export function groupName({ label }: Pick<LabelGroup, 'label'>): string {
  return label ?? NO_LABEL;
}

/** "3 shared photos wait for their label." */
export function waitingSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('A shared photo waits for its label.'),
    other: msg(str`${n} shared photos wait for their label.`),
  });
}

/** "3 shared photos discarded." */
export function discardedSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('1 shared photo discarded.'),
    other: msg(str`${n} shared photos discarded.`),
  });
}

/**
 * Title of the import sheet.
 *
 * @param found number of pictures that need a label; undefined before the search is done
 * @param isCertain whether the class of each group is known
 */
export function importTitle(
  step: ImportStep,
  found: number | undefined,
  { report, labels }: Pick<ImportRun, 'report' | 'labels'>,
  isCertain = false,
): string {
  switch (step) {
    case 'choose':
    case 'ask':
      return labelQuestion(found);
    case 'looking':
      return msg('Looking for photos');
    case 'match':
      return isCertain ? msg('Ready to import') : msg('Which group is which class?');
    case 'running':
      return labels.length > 0 ? importingAs(labelNames(labels)) : msg('Importing');
    case 'done':
      return report ? importSummary(report).title : '';
  }
}

/** "12 photos", "2 films" or "12 photos, 2 films": what was found, by the names of the files. */
export function foundCount(pictures: readonly Pick<FoundPicture, 'name'>[]): string {
  const [photos, films] = [countPhotosFound(pictures), countFilms(pictures)];
  if (films === 0) return photoCount(photos);
  const n = wholeNumber(films);
  const filmCount = plural(films, { one: msg(str`${n} film`), other: msg(str`${n} films`) });
  return photos === 0 ? filmCount : counts.format([photoCount(photos), filmCount]);
}

/** "12 photos found, to be cut to their middle square." */
export function foundSentence(pictures: readonly Pick<FoundPicture, 'name'>[]): string {
  const photos = foundCount(pictures);
  return msg(str`${photos} found, to be cut to their middle square.`);
}

/** "For training 20, for validation 6, for testing 6, as in the set. …" */
export function ownSplitSentence(counts: Readonly<Record<Split, number>>): string {
  const [train, validation, test] = [
    wholeNumber(counts.train),
    wholeNumber(counts.validation),
    wholeNumber(counts.test),
  ];
  return msg(
    str`For training ${train}, for validation ${validation}, for testing ${test}, as in the set. Otherwise the app chooses.`,
    { desc: 'numbers of photos' },
  );
}

/** Where a set has more classes than there is room for. */
export function crowdedSentence(): string {
  const most = wholeNumber(MOST_CLASSES);
  return msg(
    str`These are more groups than there can be classes (${most}). Select those that belong together and choose their class; the rest is left out.`,
  );
}

/** "Cat and Dog are empty and give way to the new classes." */
export function givingWaySentence(leaving: readonly Pick<ClassRecord, 'name'>[]): string {
  const names = listOf(leaving.map(({ name }) => name));
  return msg(str`Still empty, these give way to the new classes: ${names}.`, {
    desc: 'Cat and Dog',
  });
}

/** "12 files so far." */
export function seenSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, { one: msg('1 file so far.'), other: msg(str`${n} files so far.`) });
}

const oneDigit = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 });

/**
 * "4.2 a second · about 2 minutes left".
 *
 * @param perSecond photos per second; undefined before it is known
 * @param left number of photos that are still to be imported
 */
export function speedSentence(perSecond: number | undefined, left: number): string {
  if (perSecond === undefined) return '';
  const n = oneDigit.format(perSecond);
  const time = aboutTime(left / perSecond);
  const timeLeft = msg(str`${time} left`, {
    id: 'time-left',
    desc: '“about 2 minutes”, until it is done',
  });
  return `${msg(str`${n} a second`, { desc: 'photos a second' })} · ${timeLeft}`;
}

/** "3 photos added as Cat." */
export function addedSentence(added: number, labels: readonly Pick<ClassRecord, 'name'>[]): string {
  const [photos, names] = [photoCount(added), labelNames(labels)];
  return msg(str`${photos} added as ${names}.`, { desc: '12 photos, names of classes' });
}

function importingAs(names: string): string {
  return msg(str`Importing as ${names}`, { desc: 'names of classes' });
}
