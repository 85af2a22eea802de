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
