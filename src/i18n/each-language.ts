import { language, speak } from './language.ts';
import { LANGUAGES, type Language } from './languages.ts';

/**
 * Texts in every language of the app; a language that cannot be loaded is left out.
 *
 * @param make gives the texts in the current language; it is called once for each
 */
export async function inEachLanguage<Texts>(
  make: () => Texts,
): Promise<Partial<Record<Language['code'], Texts>>> {
  const before = language();
  const texts: Partial<Record<Language['code'], Texts>> = {};
  try {
    for (const each of LANGUAGES) {
      await speak(each);
      if (language() === each) texts[each.code] = make();
    }
  } finally {
    await speak(before);
  }
  return texts;
}
