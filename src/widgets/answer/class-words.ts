import { intlTag, language } from '../../i18n/language.ts';

/**
 * A class's name as it is written within a sentence: "cat" for "Cat", because phone keyboards
 * capitalise the first letter; "USB stick", "McGee" and "iPhone" unchanged.
 */
export function inSentence(name: string): string {
  const [first = '', ...others] = Array.from(name);
  const rest = others.join('');
  const lowerCase = (text: string) => text.toLocaleLowerCase(intlTag());
  return rest === lowerCase(rest) ? lowerCase(first) + rest : name;
}

/**
 * A class's name with its indefinite article, to follow "It’s" or "Looks like": "a cat", "an owl";
 * "my cup", "cups" and "猫" need none. In other languages the name alone: there the article depends
 * on the unknown gender of the noun.
 */
export function aClass(name: string): string {
  const word = inSentence(name);
  if (language().code !== 'en') return word;
  return needsArticle(word) ? `${startsWithVowelSound(word) ? 'an' : 'a'} ${word}` : word;
}

function needsArticle(word: string): boolean {
  const hasDeterminer =
    /^(an?|the|my|your|our|his|her|their|no|not|nothing|nobody|one|two|some)\b/i;
  const plural = /[^sui]s$/i;
  return /^\p{Script=Latin}/u.test(word) && !hasDeterminer.test(word) && !plural.test(word);
}

/** Decides by spelling, with common exceptions: "a unicorn", "an hour". */
function startsWithVowelSound(word: string): boolean {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  if (/^(eu|ewe|uni([^mn]|$)|us[aeiou]|ut[aeiou])/i.test(plain)) return false;
  return /^([aeiou]|hour|heir|honest)/i.test(plain);
}
