import { language, speak } from './language.ts';
import { LANGUAGES } from './languages.ts';

/**
 * A worker's address says in its fragment what language the page speaks: a Problem's sentence is
 * written where it happens.
 *
 * @param url address of the worker's script
 */
export function spokenUrl(url: string): string {
  return `${url}#${language().code}`;
}

/** Makes the worker speak it. To be awaited before anything is said. */
export async function startWorkerLanguage(): Promise<void> {
  const code = globalThis.location?.hash.slice(1);
  await speak(LANGUAGES.find((each) => each.code === code) ?? LANGUAGES[0]);
}
