import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import type { Steps } from '../../../platform/in-steps.ts';
import { indexFiles } from './file-index.ts';
import { stemOf } from './file-type.ts';
import { namesLabel } from './name-lists.ts';
import { parseSideName } from './side-words.ts';

/** Part of the lines of a list that name pictures. */
const MOST = 0.8;
/** Part of the pictures that the lists name. */
const ENOUGH = 0.5;
/** Lines between two breaks. */
const LINES = 1_000;
/** A picture in two lists is of the first of these: "trainval" holds the validation side too. */
const ORDER: readonly Split[] = ['test', 'validation', 'train'];

/** Whether a file may list the pictures of one side of a split: "train.txt", "test_list.csv". */
export function isSideList(path: string): boolean {
  return sideOfList(path) !== undefined;
}

/**
 * The sides of a split that is told by a list of names for each side, as Food-101 and the Oxford pets
 * have them.
 *
 * @param pictures indices of the pictures in `paths`
 * @param texts contents of the lists, by path; others are left out
 * @returns by the index of the picture; none unless two sides hold half of the pictures
 */
export function* listedSides(
  paths: readonly string[],
  pictures: readonly number[],
  texts: ReadonlyMap<string, string>,
): Steps<ReadonlyMap<number, Split>> {
  const lists = [...texts].flatMap(([path, text]) => {
    const side = sideOfList(path);
    return side ? [{ side, text }] : [];
  });
  const sides = new Map<number, Split>();
  if (lists.length < 2) return sides;
  const index = yield* indexFiles(paths, pictures);
  lists.sort((a, b) => ORDER.indexOf(a.side) - ORDER.indexOf(b.side));
  for (const { side, text } of lists) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const found: number[] = [];
    for (const [at, line] of lines.entries()) {
      if (at % LINES === 0) yield;
      const picture = firstFound(namesIn(line), (name) => index.find(name, side));
      if (picture !== undefined) found.push(picture);
    }
    if (found.length < MOST * lines.length) continue;
    for (const picture of found) if (!sides.has(picture)) sides.set(picture, side);
  }
  const isSplit = new Set(sides.values()).size > 1 && sides.size >= ENOUGH * pictures.length;
  return isSplit ? sides : new Map<number, Split>();
}

function sideOfList(path: string): Split | undefined {
  if (!/\.(txt|lst|csv|tsv)$/i.test(path)) return undefined;
  const parsed = parseSideName(stemOf(pathParts(path).at(-1) ?? ''));
  return parsed && !namesLabel(parsed.rest) ? parsed.side : undefined;
}

/** What may be the name of a line: all of it, or what stands before a separator. */
function namesIn(line: string): string[] {
  const whole = line.trim().replace(/^"|"$/g, '');
  return [...new Set([whole, whole.split(/[,;\t]/)[0]!, whole.split(/\s/)[0]!])];
}

function firstFound(
  names: readonly string[],
  find: (name: string) => number | undefined,
): number | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
