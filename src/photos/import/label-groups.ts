import { parseClassName } from '../class-name.ts';
import { MOST_CLASSES } from '../class-limits.ts';
import type { FoundPicture } from './found-picture.ts';
import { UNKNOWN_LETTER } from '../../platform/archive/unknown-letter.ts';
import { isSameName } from '../../platform/name.ts';
import type { ClassRecord } from '../../records/class.ts';

/** The pictures of one folder, or of one class of a Teachable Machine project. */
export interface LabelGroup {
  /** Undefined for pictures that no folder labels. */
  readonly label: string | undefined;
  readonly pictures: readonly FoundPicture[];
}

/** How a group is imported: as an existing class, as a new class named like the folder, or not. */
export type GroupChoice = `class:${string}` | 'new' | 'leave-out';

/**
 * Groups pictures by label, in the order of their first pictures. Upper and lower case do not
 * matter.
 */
export function groupByLabel(pictures: readonly FoundPicture[]): LabelGroup[] {
  const groups = new Map<
    string | undefined,
    { label: string | undefined; pictures: FoundPicture[] }
  >();
  for (const picture of pictures) {
    const { label } = picture;
    const key = label?.normalize('NFC').toLocaleLowerCase();
    const group = groups.get(key) ?? { label, pictures: [] };
    groups.set(key, group);
    group.pictures.push(picture);
  }
  return [...groups.values()];
}

/** The class name that is made from a folder name; undefined if no valid name results. */
export function newClassName(label: string | undefined): string | undefined {
  // Of a name in an unknown code page, no class is made: it is asked for.
  if (label === undefined || label.includes(UNKNOWN_LETTER)) return undefined;
  try {
    return parseClassName(label.replaceAll('_', ' '));
  } catch {
    return undefined;
  }
}

/** The existing class with the name of a folder; undefined if there is none. */
export function classNamed(
  label: string | undefined,
  classes: readonly ClassRecord[],
): ClassRecord | undefined {
  const name = newClassName(label);
  if (name === undefined) return undefined;
  return classes.find((one) => isSameName(one.name, name) || isSameName(one.name, label!));
}

/**
 * The default choice for each group: the existing class of that name, or a new class. If there
 * would be more than MOST_CLASSES, the largest groups become classes and the others are left out.
 */
export function suggestChoices(
  groups: readonly LabelGroup[],
  classes: readonly ClassRecord[],
): GroupChoice[] {
  const choices = groups.map(({ label }): GroupChoice => {
    const known = classNamed(label, classes);
    return known ? `class:${known.id}` : 'leave-out';
  });
  const unknown = groups
    .map(({ label, pictures }, index) => ({ index, label, count: pictures.length }))
    .filter(({ index, label }) => choices[index] === 'leave-out' && newClassName(label))
    .sort((a, b) => b.count - a.count);
  for (const { index } of unknown.slice(0, Math.max(0, MOST_CLASSES - classes.length))) {
    choices[index] = 'new';
  }
  return choices;
}
