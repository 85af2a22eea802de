import { isSameName } from '../../platform/name.ts';
import type { ClassRecord } from '../../records/class.ts';
import { newClassName } from './label-groups.ts';
import { isDate } from './layout/folder-names.ts';
import { kindOf } from './layout/kinds.ts';
import { isFiller, isNumber, wordsOf } from './layout/words.ts';

/** How a label and the name of a class are the same. */
type Rule = (label: string, name: string) => boolean;

const isNamed: Rule = (label, name) =>
  isSameName(name, label) || isSameName(name, newClassName(label) ?? label);

/** "my foxes" and "Fox": the same words, singular or plural, without words that mean nothing. */
const hasSameWords: Rule = (label, name) => {
  const [ofLabel, ofName] = [essence(label), essence(name)];
  return (
    ofLabel.some((word) => !isNumber(word)) &&
    ofLabel.length === ofName.length &&
    ofLabel.every((word, index) => isSameWord(word, ofName[index]!))
  );
};

/** "gatitos" and "Cat". */
const isSameKind: Rule = (label, name) => {
  const kind = kindOf(label);
  return kind !== undefined && kind === kindOf(name);
};

/**
 * The class that each label certainly means: of the same name, of the same words, or of the same
 * kind in another of the app's languages.
 *
 * @returns one per label; undefined if no class is meant, or more than one could be
 */
export function matchClasses(
  labels: readonly (string | undefined)[],
  classes: readonly ClassRecord[],
): (ClassRecord | undefined)[] {
  const exact = labels.map((label) => only(label, classes, [isNamed, hasSameWords]));
  // A set of "cat" and "kitten" tells these two apart.
  const left = classes.filter((one) => !exact.includes(one));
  return labels.map((label, index) => exact[index] ?? only(label, left, [isSameKind]));
}

function only(
  label: string | undefined,
  classes: readonly ClassRecord[],
  rules: readonly Rule[],
): ClassRecord | undefined {
  if (label === undefined) return undefined;
  for (const rule of rules) {
    const found = classes.filter(({ name }) => rule(label, name));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The words that tell a name from another: "Cats of 2024" is "cats". */
function essence(name: string): string[] {
  return wordsOf(name).filter((word) => !isFiller(word) && !isDate(word));
}

function isSameWord(a: string, b: string): boolean {
  const forms = singulars(b);
  return singulars(a).some((form) => forms.includes(form));
}

/** A word and what it may be the English or Spanish plural of. */
function singulars(word: string): string[] {
  const endings = { s: '', es: '', ies: 'y', ces: 'z', ves: 'f' };
  const found = Object.entries(endings).flatMap(([plural, singular]) =>
    word.endsWith(plural) ? [word.slice(0, -plural.length) + singular] : [],
  );
  return [word, ...found].filter((form) => form.length > 1);
}
