import { language, speak } from './language.ts';
import { LANGUAGES } from './languages.ts';

/**
 * A worker's name says what language the page speaks: a Problem's sentence is written where it
 * happens. Not its address: of a script that a service worker gives, the fragment is lost.
 *
 * @param job a word for who looks at the list of workers
 */
export function workerName(job: string): string {
  return `${job} ${language().code}`;
}

/** Makes the worker speak it. To be awaited before anything is said. */
export async function startWorkerLanguage(): Promise<void> {
  const { name } = globalThis as { name?: string };
  const code = name?.split(' ')[1];
  await speak(LANGUAGES.find((each) => each.code === code) ?? LANGUAGES[0]);
}
