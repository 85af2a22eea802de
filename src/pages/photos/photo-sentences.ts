import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { ImportReport } from '../../photos/import/import-files.ts';
import type { PhotoRecord, PhotoSource, Split } from '../../records/photo.ts';
import type { RunReport } from '../../session/import-run.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';

const moment = new Intl.DateTimeFormat(intlTag(), {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const fullMoment = new Intl.DateTimeFormat(intlTag(), { dateStyle: 'long', timeStyle: 'short' });

/** Shown for a moment when a class is removed and its photos are still on the screen. */
export const NO_LABEL = msg('No label');

/**
 * Accessible name of a photo's tile: "Cat, taken 3 May, 14:02".
 *
 * @param doubtful whether the name also asks to check the label
 */
export function tileName(
  className: string,
  photo: Pick<PhotoRecord, 'source' | 'createdAt'>,
  doubtful = false,
): string {
  const name = nameAndArrival(className, photo);
  return doubtful ? msg(str`${name}, check the label`, { desc: 'Cat, taken 3 May, …' }) : name;
}

function nameAndArrival(
  className: string,
  { source, createdAt }: Pick<PhotoRecord, 'source' | 'createdAt'>,
): string {
  const time = moment.format(createdAt);
  const names: Record<PhotoSource, string> = {
    camera: msg(str`${className}, taken ${time}`, { desc: 'Cat, taken 3 May, 14:02' }),
    file: msg(str`${className}, imported ${time}`),
    live: msg(str`${className}, kept from Live ${time}`, { desc: 'Live: the page of that name' }),
    shared: msg(str`${className}, shared from another app ${time}`),
  };
  return names[source];
}

/** "Taken with the camera, 3 May 2026 at 14:02". */
export function originSentence(photo: Pick<PhotoRecord, 'source' | 'createdAt'>): string {
  const time = fullMoment.format(photo.createdAt);
  const sentences: Record<PhotoSource, string> = {
    camera: msg(str`Taken with the camera, ${time}`, { desc: '3 May 2026 at 14:02' }),
    file: msg(str`Imported from a file, ${time}`),
    live: msg(str`Kept from the live view, ${time}`),
    shared: msg(str`Shared from another app, ${time}`),
  };
  return sentences[photo.source];
}

/** What each part of the train/validation/test split means, as a title and a sentence. */
export const SPLIT_SENTENCES: Readonly<Record<Split, { title: string; sentence: string }>> = {
  train: { title: msg('Used for training'), sentence: msg('Your phone learns from this photo.') },
  validation: {
    title: msg('Used for validation'),
    sentence: msg('It checks how the training goes. Your phone does not learn from it.'),
  },
  test: {
    title: msg('Used for testing'),
    sentence: msg('Kept aside to judge the result. Your phone never learns from it.'),
  },
};

/**
 * The question that the import sheet asks.
 *
 * @param files number of files; undefined before files are chosen
 */
export function labelQuestion(files: number | undefined): string {
  if (files === undefined) return msg('What do the photos show?');
  const photos = photoCount(files);
  return plural(files, {
    one: msg('What does this photo show?'),
    other: msg(str`What do these ${photos} show?`),
  });
}

/** The result of an import as a title and sentences; refused files are listed elsewhere. */
export function importSummary(report: RunReport): { title: string; sentences: string[] } {
  const sentences: string[] = [];
  // An archive that is locked or damaged may hold photos: its own sentence says what it is.
  const isExplained = report.elsewhere.length > 0 || report.refused.length > 0;
  if (report.total === 0 && !isExplained) sentences.push(msg('There was no photo in it.'));
  if (report.moved > 0) sentences.push(movedSentence(report.moved));
  if (report.duplicates > 0) sentences.push(duplicatesSentence(report.duplicates));
  if (report.passedOver > 0) sentences.push(passedOverSentence(report.passedOver));
  if (report.notTried > 0) sentences.push(notTriedSentence(report.notTried));
  if (report.incomplete.length > 0) sentences.push(incompleteSentence(report.incomplete));
  const photos = photoCount(report.added);
  const title = report.added === 0 ? msg('No photo added') : msg(str`${photos} added`);
  return { title, sentences };
}

/** "16 files that are no pictures were passed over."; empty if there are none. */
export function passedOverSentence(count: number): string {
  if (count === 0) return '';
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('1 file that is no picture was passed over.'),
    other: msg(str`${n} files that are no pictures were passed over.`),
  });
}

/** "In 3 photos, the square was moved onto the animal."; empty if there are none. */
export function movedSentence(count: number): string {
  if (count === 0) return '';
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('In 1 photo, the square was moved onto the animal.'),
    other: msg(str`In ${n} photos, the square was moved onto the animal.`),
  });
}

function duplicatesSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('1 was here already and keeps its label.', { desc: 'photo' }),
    other: msg(str`${n} were here already and keep their labels.`, { desc: 'photos' }),
  });
}

function notTriedSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg('1 was not tried.', { desc: 'file to import' }),
    other: msg(str`${n} were not tried.`, { desc: 'files to import' }),
  });
}

/** Maximum number of incomplete pictures that are named. */
const NAMED = 20;

function incompleteSentence(names: readonly string[]): string {
  const listed = [...names.slice(0, NAMED), ...(names.length > NAMED ? ['…'] : [])].join(', ');
  return msg(str`Added, but the lower part of the picture is missing: ${listed}.`, {
    desc: 'names of files',
  });
}

/** Whether an import added every file as it is, so that its report needs no reading. */
export function isSmooth({ total, added, incomplete }: ImportReport): boolean {
  return total > 0 && added === total && incomplete.length === 0;
}
