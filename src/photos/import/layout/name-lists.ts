import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { stemOf } from './file-type.ts';
import type { FileLabel } from './file-index.ts';
import { kindOf } from './kinds.ts';
import { parseSplitName, splitOf } from './split-words.ts';
import { isFiller, plain, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

/** Words of lists that name no label. */
const LISTS = new Set(wordList`list lists index names paths ids filelist filenames readme notes`);
/** Part of the lines that name files. */
const MOST = 0.8;

/**
 * The labels of a list that holds nothing but names of files and is itself named like their label:
 * "cats.txt", "dogs_train.txt".
 *
 * @returns no labels if it is no such list
 */
export function namedList(
  path: string,
  rows: readonly (readonly string[])[],
  isFile: (name: string) => boolean,
): FileLabel[] {
  const names = rows.map(([name = '']) => name);
  const isList = rows.every((row) => row.length === 1);
  if (!isList || names.filter(isFile).length < Math.max(1, MOST * names.length)) return [];
  const stem = stemOf(pathParts(path).at(-1) ?? '');
  const { split, rest: label } = parseSplitName(stem) ?? { split: undefined, rest: stem };
  if (!namesLabel(label)) return [];
  return names.map((name) => ({ name, label, ...(split && { split }) }));
}

/** Whether the name of a list says more than that it is one. */
export function namesLabel(name: string): boolean {
  return wordsOf(name).some((word) => !isFiller(word) && !LISTS.has(word));
}

/** A label, or the number of one. */
const LABEL = /^(?:\d{1,4}|\p{L}[\p{L}\p{M}\p{N} _'’-]{0,39})$/u;

/**
 * The labels of texts beside the pictures, each of one picture and of its name: "1.txt" holds "cat".
 *
 * @param texts by path
 * @returns no labels where these are captions, no two of which are the same
 */
export function labelsBeside(texts: ReadonlyMap<string, string>): FileLabel[] {
  const labels = [...texts].flatMap(([path, text]): FileLabel[] => {
    const label = text.replace(/^\uFEFF/, '').trim();
    const isLabel = LABEL.test(label) && splitOf(label) === undefined;
    return isLabel ? [{ name: stemOf(path), label }] : [];
  });
  const distinct = new Set(labels.map(({ label }) => plain(label)));
  const isRepeated = distinct.size <= labels.length / 2;
  return isRepeated || labels.every(({ label }) => kindOf(label)) ? labels : [];
}
