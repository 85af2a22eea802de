import { MAX_NAME_LENGTH } from '../../platform/name.ts';
import { parseClassName } from '../class-name.ts';
import type { FoundPicture } from './found-picture.ts';
import { UNKNOWN_LETTER } from '../../platform/archive/unknown-letter.ts';

/** The pictures of one label. */
export interface LabelGroup {
  /** Undefined for pictures that nothing labels. */
  readonly label: string | undefined;
  readonly pictures: readonly FoundPicture[];
}

/** How a group is imported: as an existing class, as a new class named like the label, or not. */
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

/** A long label keeps its beginning and its end: either may tell it from others. */
function shortened(label: string): string {
  const letters = Array.from(label.trim().normalize('NFC'));
  if (letters.length <= MAX_NAME_LENGTH) return label;
  const half = Math.floor((MAX_NAME_LENGTH - 1) / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}

/** The class name that is made from a label; undefined if no valid name results. */
export function newClassName(label: string | undefined): string | undefined {
  // Of a name in an unknown code page, no class is made: it is asked for.
  if (label === undefined || label.includes(UNKNOWN_LETTER)) return undefined;
  try {
    return parseClassName(shortened(label.replaceAll('_', ' ')));
  } catch {
    return undefined;
  }
}
