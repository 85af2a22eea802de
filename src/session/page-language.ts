import { language, speak } from '../i18n/language.ts';
import { pickLanguage } from '../i18n/languages.ts';
import { safeLocalStorage } from '../platform/web-storage.ts';

/** A key of local storage, because the database takes longer to open and may fail. */
const CHOICE = 'purrceptron-language';

/** The code of the language that the person chose, or undefined: follow the phone's language. */
export function chosenLanguage(): string | undefined {
  return safeLocalStorage.read(CHOICE);
}

/**
 * Stores the choice, which takes effect when the page is reloaded.
 *
 * @param code undefined follows the phone's language
 * @returns whether the choice is stored: false where the browser blocks local storage
 */
export function chooseLanguage(code: string | undefined): boolean {
  return code === undefined
    ? safeLocalStorage.remove(CHOICE)
    : safeLocalStorage.write(CHOICE, code);
}

/** Loads the person's language and sets the `lang` and `dir` attributes of the page. */
export async function startPageLanguage(): Promise<void> {
  await speak(pickLanguage(chosenLanguage(), navigator.languages));
  document.documentElement.lang = language().code;
  document.documentElement.dir = language().direction;
}
