import { language, speak } from '../i18n/language.ts';
import { pickLanguage } from '../i18n/languages.ts';

/** Read before the database opens, which takes longer and may fail. */
const CHOICE = 'purrceptron-language';

/** The code of the language that the person chose, or null: as the phone. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

/**
 * Keeps a choice; the page speaks it once it is loaded anew.
 *
 * @throws DOMException where the browser keeps nothing
 */
export function chooseLanguage(code: string | null): void {
  if (code === null) localStorage.removeItem(CHOICE);
  else localStorage.setItem(CHOICE, code);
}

/** Makes the page speak the person's language, and read in its direction. */
export async function startPageLanguage(): Promise<void> {
  await speak(pickLanguage(chosenLanguage(), navigator.languages));
  document.documentElement.lang = language().code;
  document.documentElement.dir = language().direction;
}
