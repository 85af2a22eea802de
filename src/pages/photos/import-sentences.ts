import type { LabelGroup } from '../../photos/import/label-groups.ts';
import type { ClassRecord } from '../../photos/record.ts';
import { wholeNumber } from '../../ui/phrases.ts';

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
