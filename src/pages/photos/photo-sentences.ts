import type { ImportReport } from '../../photos/import/import-files.ts';
import type { PhotoRecord, PhotoSource } from '../../photos/record.ts';
import type { Split } from '../../photos/stable-split.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';

const moment = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const fullMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

const ARRIVED: Record<PhotoSource, string> = {
  camera: 'taken',
  file: 'imported',
  live: 'kept from Live',
  shared: 'shared from another app',
};

/** For the moment in which a class is removed and its photos are still on the screen. */
export const NO_LABEL = 'No label';

/** A tile's accessible name: "Cat, taken 3 May, 14:02"; and whether its label is in doubt. */
export function tileName(
  className: string,
  photo: Pick<PhotoRecord, 'source' | 'createdAt'>,
  doubtful = false,
): string {
  const name = `${className}, ${ARRIVED[photo.source]} ${moment.format(photo.createdAt)}`;
  return doubtful ? `${name}, check the label` : name;
}

/** "Taken with the camera, 3 May 2026 at 14:02". */
export function originSentence(photo: Pick<PhotoRecord, 'source' | 'createdAt'>): string {
  const how: Record<PhotoSource, string> = {
    camera: 'Taken with the camera',
    file: 'Imported from a file',
    live: 'Kept from the live view',
    shared: 'Shared from another app',
  };
  return `${how[photo.source]}, ${fullMoment.format(photo.createdAt)}`;
}

/** What a photo's side of the split means, in a title and a sentence. */
export const SPLIT_SENTENCES: Readonly<Record<Split, { title: string; sentence: string }>> = {
  train: { title: 'Used for training', sentence: 'Your phone learns from this photo.' },
  validation: {
    title: 'Used for validation',
    sentence: 'It checks how the training goes. Your phone does not learn from it.',
  },
  test: {
    title: 'Used for testing',
    sentence: 'Kept aside to judge the result. Your phone never learns from it.',
  },
};

/** What the import sheet asks; the number of files where they are here already. */
export function labelQuestion(files: number | undefined): string {
  if (files === undefined) return 'What do the photos show?';
  return files === 1 ? 'What does this photo show?' : `What do these ${photoCount(files)} show?`;
}

/** What an import did, as a title and the sentences under it. Refused files are listed apart. */
export function importSummary(report: ImportReport): { title: string; sentences: string[] } {
  const sentences: string[] = [];
  if (report.duplicates > 0) {
    sentences.push(
      report.duplicates === 1
        ? '1 was here already and keeps its label.'
        : `${wholeNumber(report.duplicates)} were here already and keep their labels.`,
    );
  }
  if (report.notTried > 0) {
    sentences.push(
      report.notTried === 1
        ? '1 was not tried.'
        : `${wholeNumber(report.notTried)} were not tried.`,
    );
  }
  const title = report.added === 0 ? 'No photo added' : `${photoCount(report.added)} added`;
  return { title, sentences };
}

/** Whether an import went so smoothly that there is nothing to read. */
export function isSmooth(report: ImportReport): boolean {
  return report.added === report.total;
}
