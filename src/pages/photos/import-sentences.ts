import type { LabelGroup } from '../../photos/import/label-groups.ts';
import type { ClassRecord } from '../../photos/record.ts';
import type { ImportRun } from '../../photos/import/import-run.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import { importSummary, labelQuestion } from './photo-sentences.ts';

/** Where the import sheet is. */
export type ImportStep = 'choose' | 'looking' | 'ask' | 'match' | 'running' | 'done';

const list = new Intl.ListFormat(undefined, { type: 'conjunction' });

/** More names than this make no title. */
const NAMED = 3;

/** "Cat and Dog", or "5 classes": what pictures are imported as. */
export function labelNames(labels: readonly Pick<ClassRecord, 'name'>[]): string {
  if (labels.length > NAMED) return `${wholeNumber(labels.length)} classes`;
  return list.format(labels.map(({ name }) => name));
}

/** A group's own name in the list of folders. */
export function groupName({ label }: Pick<LabelGroup, 'label'>): string {
  return label ?? 'In no folder';
}

/** "3 shared photos wait for their label." */
export function waitingSentence(count: number): string {
  return count === 1
    ? 'A shared photo waits for its label.'
    : `${wholeNumber(count)} shared photos wait for their label.`;
}

/** The import sheet's title; `found` is the number of pictures that wait for a label. */
export function importTitle(
  step: ImportStep,
  found: number | undefined,
  { report, labels }: Pick<ImportRun, 'report' | 'labels'>,
): string {
  switch (step) {
    case 'choose':
    case 'ask':
      return labelQuestion(found);
    case 'looking':
      return 'Looking for photos';
    case 'match':
      return 'Which folder is which class?';
    case 'running':
      return labels.length > 0 ? `Importing as ${labelNames(labels)}` : 'Importing';
    case 'done':
      return report ? importSummary(report).title : '';
  }
}

/** What is there to be matched with classes, and what is too much. */
export function foundSentence(pictures: number, groups: number, leftOut: number): string {
  const found = `${photoCount(pictures)} found, to be cut to their middle square.`;
  return leftOut > 0 ? `${found} Only the first ${groups} folders can be imported at once.` : found;
}
