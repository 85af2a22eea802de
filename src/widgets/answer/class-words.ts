import { intlTag, language } from '../../i18n/language.ts';

/**
 * A class's name within a sentence: "cat" for "Cat", which stands so because phones begin every
 * line with a capital; "USB stick", "McGee" and "iPhone" as they are.
 */
export function inSentence(name: string): string {
  const [first = '', ...others] = Array.from(name);
  const rest = others.join('');
  const small = (text: string) => text.toLocaleLowerCase(intlTag());
  return rest === small(rest) ? small(first) + rest : name;
}

/**
 * A class's name with its article: "a cat", "an owl"; "my cup", "cups" and "猫" need none. For
 * what follows "It’s" and "Looks like". In other languages the name alone: the article would need
 * its gender.
 */
export function aClass(name: string): string {
  const word = inSentence(name);
  if (language().code !== 'en') return word;
  return needsArticle(word) ? `${startsWithVowelSound(word) ? 'an' : 'a'} ${word}` : word;
}

function needsArticle(word: string): boolean {
  const saysWhose = /^(an?|the|my|your|our|his|her|their|no|not|nothing|nobody|one|two|some)\b/i;
  const plural = /[^sui]s$/i;
  return /^\p{Script=Latin}/u.test(word) && !saysWhose.test(word) && !plural.test(word);
}

/** By spelling, with the exceptions that are common: "a unicorn", "an hour". */
function startsWithVowelSound(word: string): boolean {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  if (/^(eu|ewe|uni([^mn]|$)|us[aeiou]|ut[aeiou])/i.test(plain)) return false;
  return /^([aeiou]|hour|heir|honest)/i.test(plain);
}
