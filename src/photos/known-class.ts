import type { ClassRecord } from '../records/class.ts';
import type { KnownClass } from '../records/known-classes.ts';
import { hasSameWords } from './import/same-words.ts';

/** What a class is, of the classes that a base knows. */
export interface KnownMatch {
  readonly known: KnownClass;
  /** Index in the base's list. */
  readonly index: number;
  /** Whether the person chose it; otherwise the name of the class decides. */
  readonly isChosen: boolean;
}

/**
 * Matches a class with one that the base knows: with the one that the person chose, else by its name
 * in any language, so that "Gatos", "my cat" and "قطة" are cats.
 *
 * @param classes those of the base; none for a base that says nothing
 * @returns undefined if it is none of them, the person said so, or the base does not have the chosen
 *   one
 */
export function knownMatch(
  { name, known: chosen }: Pick<ClassRecord, 'name' | 'known'>,
  classes: readonly KnownClass[] = [],
): KnownMatch | undefined {
  if (chosen === null) return undefined;
  const index =
    chosen === undefined
      ? onlyIndex(classes, (known) => isNamed(known, name))
      : classes.findIndex(({ id }) => id === chosen);
  const known = classes[index];
  return known && { known, index, isChosen: chosen !== undefined };
}

/**
 * What to look for in a person's pictures: the known classes that the library's classes are, or any
 * animal where none of them is a known one, as with "Luna" and "Rex".
 *
 * @param known the classes of the base
 * @returns indices in `known`; none if the person said of every class that it is no known one
 */
export function soughtClasses(
  classes: readonly Pick<ClassRecord, 'name' | 'known'>[],
  known: readonly KnownClass[],
): number[] {
  const matched = classes.flatMap((each) => knownMatch(each, known)?.index ?? []);
  if (matched.length > 0) return [...new Set(matched)];
  if (classes.length > 0 && classes.every((each) => each.known === null)) return [];
  return known.flatMap(({ animal }, index) => (animal ? [index] : []));
}

function isNamed({ names }: KnownClass, name: string): boolean {
  return Object.values(names)
    .flat()
    .some((each) => hasSameWords(name, each) || hasSameWords(withoutArticle(name), each));
}

/** Arabic joins its article to the word: "القطة" is "the cat". */
function withoutArticle(name: string): string {
  return name.replace(/(?<!\p{L})ال(?=\p{L}{2})/gu, '');
}

/** -1 if none or several match, as for a name of two meanings. */
function onlyIndex(classes: readonly KnownClass[], matches: (known: KnownClass) => boolean) {
  const found = classes.flatMap((known, index) => (matches(known) ? [index] : []));
  return found.length === 1 ? found[0]! : -1;
}
