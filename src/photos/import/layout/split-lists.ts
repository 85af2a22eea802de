import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import type { Steps } from '../../../platform/in-steps.ts';
import { indexFiles } from './file-index.ts';
import { stemOf } from './file-type.ts';
import { namesLabel } from './name-lists.ts';
import { parseSplitName } from './split-words.ts';

/** Part of the lines of a list that name pictures. */
const MOST = 0.8;
/** Part of the pictures that the lists name. */
const ENOUGH = 0.5;
/** Lines between two breaks. */
const LINES = 1_000;
/** A picture in two lists is of the first of these: "trainval" holds the validation split too. */
const ORDER: readonly Split[] = ['test', 'validation', 'train'];

/** Whether a file may list the pictures of one split: "train.txt", "test_list.csv". */
export function isSplitList(path: string): boolean {
  return splitOfList(path) !== undefined;
}

/**
 * The splits of a data set that has a list of names for each split, as Food-101 and the Oxford pets
 * have.
 *
 * @param pictures indices of the pictures in `paths`
 * @param texts contents of the lists, by path; others are left out
 * @returns by the index of the picture; none unless two splits hold half of the pictures
 */
export function* listedSplits(
  paths: readonly string[],
  pictures: readonly number[],
  texts: ReadonlyMap<string, string>,
): Steps<ReadonlyMap<number, Split>> {
  const lists = [...texts].flatMap(([path, text]) => {
    const split = splitOfList(path);
    return split ? [{ split, text }] : [];
  });
  const splits = new Map<number, Split>();
  if (lists.length < 2) return splits;
  const index = yield* indexFiles(paths, pictures);
  lists.sort((a, b) => ORDER.indexOf(a.split) - ORDER.indexOf(b.split));
  for (const { split, text } of lists) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const found: number[] = [];
    for (const [at, line] of lines.entries()) {
      if (at % LINES === 0) yield;
      const picture = firstFound(namesIn(line), (name) => index.find(name, split));
      if (picture !== undefined) found.push(picture);
    }
    if (found.length < MOST * lines.length) continue;
    for (const picture of found) if (!splits.has(picture)) splits.set(picture, split);
  }
  const isSplit = new Set(splits.values()).size > 1 && splits.size >= ENOUGH * pictures.length;
  return isSplit ? splits : new Map<number, Split>();
}

function splitOfList(path: string): Split | undefined {
  if (!/\.(txt|lst|csv|tsv)$/i.test(path)) return undefined;
  const parsed = parseSplitName(stemOf(pathParts(path).at(-1) ?? ''));
  return parsed && !namesLabel(parsed.rest) ? parsed.split : undefined;
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
