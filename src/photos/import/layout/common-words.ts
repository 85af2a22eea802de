import { kindOf } from './kinds.ts';
import { wordList } from './word-list.ts';
import { plain, wordsOf } from './words.ts';

/** With these, cats are none. */
const OTHERS = new Set(wordList`not no non sin without لا بدون food hot toy toys plush wild`);

/**
 * Short forms of labels that are cats and dogs without the words that all begin or end with:
 * "cat" and "dog" of "flickr_cat" and "flickr_dog".
 *
 * @returns by the label; empty where the labels are no such
 */
export function withoutCommonWords(all: ReadonlySet<string>): ReadonlyMap<string, string> {
  const labels = [...all].filter((label) => label !== '');
  const none = new Map<string, string>();
  if (new Set(labels.map(plain)).size < 2 || labels.every((label) => kindOf(label))) return none;
  const words = labels.map(wordsOf);
  const start = common(words);
  const end = common(words.map((own) => own.slice(start).reverse()));
  const [one = []] = words;
  const shared = [...one.slice(0, start), ...one.slice(one.length - end)];
  if (shared.some((word) => OTHERS.has(word))) return none;
  const short = words.map((own) => own.slice(start, own.length - end).join(' '));
  const kinds = new Set(short.map((label) => kindOf(label)));
  if (kinds.size < 2 || kinds.has(undefined)) return none;
  return new Map(labels.map((label, index) => [label, short[index]!]));
}

/** The number of first words that all have in common. */
function common(lists: readonly (readonly string[])[]): number {
  const [first = []] = lists;
  const different = first.findIndex((word, at) => lists.some((list) => list[at] !== word));
  return different < 0 ? first.length : different;
}
