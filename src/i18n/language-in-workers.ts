import { language, speak } from './language.ts';
import { LANGUAGES } from './languages.ts';

/**
 * A name for a worker that contains the language of the page, because workers create localized
 * messages too. The name is used instead of the URL, because the URL fragment is lost if a service
 * worker serves the script.
 *
 * @param job a word that identifies the worker in the developer tools
 */
export function workerName(job: string): string {
  return `${job} ${language().code}`;
}

/** Loads the language in the worker's name. Await it before `msg` is called. */
export async function startWorkerLanguage(): Promise<void> {
  const { name } = globalThis as { name?: string };
  const code = name?.split(' ')[1];
  await speak(LANGUAGES.find((each) => each.code === code) ?? LANGUAGES[0]);
}
