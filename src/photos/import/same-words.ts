import { isDate } from './layout/folder-names.ts';
import { isFiller, isNumber, wordsOf } from './layout/words.ts';

/**
 * Whether two names have the same words, singular or plural, without words that mean nothing: "my
 * foxes" and "Fox".
 */
export function hasSameWords(label: string, name: string): boolean {
  const [ofLabel, ofName] = [essence(label), essence(name)];
  return (
    ofLabel.some((word) => !isNumber(word)) &&
    ofLabel.length === ofName.length &&
    ofLabel.every((word, index) => isSameWord(word, ofName[index]!))
  );
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
