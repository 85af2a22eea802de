import { configureLocalization, type LocaleModule } from '@lit/localize';
import { formatTag, LANGUAGES, type Language } from './languages.ts';

const TRANSLATIONS: Record<string, () => Promise<LocaleModule>> = {
  es: () => import('./locales/es.ts'),
  ar: () => import('./locales/ar.ts'),
};

const { setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: Object.keys(TRANSLATIONS),
  loadLocale: (code) => TRANSLATIONS[code]!(),
});

let spoken: Language = LANGUAGES[0];

/** The language that `msg` answers in. */
export function language(): Language {
  return spoken;
}

/** For `Intl`: how this person writes numbers and dates in that language. */
export function intlTag(): string {
  return formatTag(spoken, globalThis.navigator?.languages ?? []);
}

/**
 * Loads a language, before anything is said in it. One that cannot be loaded leaves English: an app
 * in the wrong language is better than none.
 */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === spoken) return;
  try {
    await withWindow(() => setLocale(wanted.code));
    spoken = wanted;
  } catch (thrown) {
    console.warn(`The app does not speak ${wanted.code} now.`, thrown);
  }
}

/** `setLocale` tells `window` what it does, and a worker has none. */
async function withWindow(run: () => Promise<void>): Promise<void> {
  if ('window' in globalThis) return run();
  const scope = globalThis as { window?: unknown };
  // The worker itself: a library that looks for a global object meanwhile finds the right one.
  scope.window = globalThis;
  try {
    await run();
  } finally {
    delete scope.window;
  }
}
