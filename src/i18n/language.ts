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

let current: Language = LANGUAGES[0];

/** The language of `msg`. */
export function language(): Language {
  return current;
}

/** The BCP 47 tag for `Intl`: numbers and dates in this language, in the user's region. */
export function intlTag(): string {
  return formatTag(current, globalThis.navigator?.languages ?? []);
}

/**
 * Loads a language and makes it the language of `msg`. If it cannot be loaded, English stays: an
 * app in the wrong language is better than none.
 */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === current) return;
  try {
    await withWindow(() => setLocale(wanted.code));
    current = wanted;
  } catch (thrown) {
    console.warn(`The translation for ${wanted.code} could not be loaded.`, thrown);
  }
}

/** `setLocale` dispatches events on `window`, which workers lack. */
async function withWindow(run: () => Promise<void>): Promise<void> {
  if ('window' in globalThis) return run();
  const scope = globalThis as { window?: unknown };
  // The global scope of the worker, in case a library looks for the global object meanwhile.
  scope.window = globalThis;
  try {
    await run();
  } finally {
    delete scope.window;
  }
}
