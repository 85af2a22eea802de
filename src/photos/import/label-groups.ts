import { parseClassName } from '../class-name.ts';
import { MOST_CLASSES } from '../classes.ts';
import type { FoundPicture } from './found-picture.ts';
import { isSameName } from '../../platform/name.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Pictures of one folder, or of one class of a Teachable Machine project. */
export interface LabelGroup {
  /** Undefined for pictures that lie in no folder of their own. */
  readonly label: string | undefined;
  readonly pictures: readonly FoundPicture[];
}

/** What becomes of a group: a class that there is, a new one called like the folder, or nothing. */
export type GroupChoice = `class:${string}` | 'new' | 'leave-out';

/** The groups in the order in which they were found; `Cat` and `cat` of two folders are one. */
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

/** The name of the class that a folder would become; undefined when it cannot be one. */
export function newClassName(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return parseClassName(label.replaceAll('_', ' '));
  } catch {
    return undefined;
  }
}

/** The class that a folder is called after, if there is one. */
export function classNamed(
  label: string | undefined,
  classes: readonly ClassRecord[],
): ClassRecord | undefined {
  const name = newClassName(label);
  if (name === undefined) return undefined;
  return classes.find((one) => isSameName(one.name, name) || isSameName(one.name, label!));
}

/**
 * What to do with each group unless the person says otherwise: the class of its name, else a new
 * one as long as there is room, the largest first; what then is left is left out.
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
