import { isSameName } from '../../platform/name.ts';
import type { ClassRecord } from '../../records/class.ts';
import { newClassName } from './label-groups.ts';
import { kindOf } from './layout/kinds.ts';
import { hasSameWords } from './same-words.ts';

/** How a label and the name of a class are the same. */
type Rule = (label: string, name: string) => boolean;

const isNamed: Rule = (label, name) =>
  isSameName(name, label) || isSameName(name, newClassName(label) ?? label);

/** "cats (1)", "cats - Copy" and "Cat". */
const isCopy: Rule = (label, name) => {
  const stem = label.replace(COPIED, '');
  return stem !== label && (isNamed(stem, name) || hasSameWords(stem, name));
};
const COPIED = /(?:[\s_-]*(?:\(\d+\)|copy|copia|kopie|copie|копия|نسخة))+$/iu;

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
  const exact = labels.map((label) => only(label, classes, [isNamed, hasSameWords, isCopy]));
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
