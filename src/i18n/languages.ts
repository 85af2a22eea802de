export interface Language {
  /** A BCP 47 tag without a region. */
  readonly code: 'en' | 'es' | 'ar';
  /** Its name in the language itself, which its speakers can read whatever language is selected. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

/** English is the language of the source; the others are in translations/. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'es', name: 'Español', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl' },
];

/**
 * The language to use: the chosen one, or else the first preferred one that the app has, or else
 * English.
 *
 * @param chosen the code of a language; anything else is ignored
 * @param preferred BCP 47 tags in order of preference, as in `navigator.languages`
 */
export function pickLanguage(chosen: string | undefined, preferred: readonly string[]): Language {
  const wanted = [chosen, ...preferred.map(primarySubtag)];
  return (
    wanted.map((code) => LANGUAGES.find((language) => language.code === code)).find(Boolean) ??
    LANGUAGES[0]
  );
}

/**
 * The tag for numbers and dates: the first preferred tag of this language, which may have a region,
 * or else the code of the language. Arabic always uses Western digits, as its translations do.
 *
 * @param preferred as in `pickLanguage`
 */
export function formatTag({ code }: Language, preferred: readonly string[]): string {
  const tag = preferred.find((each) => primarySubtag(each) === code && isTag(each)) ?? code;
  return code === 'ar' ? new Intl.Locale(tag, { numberingSystem: 'latn' }).toString() : tag;
}

/** Whether `Intl` accepts the tag. Browsers take tags such as `en-US@posix` from the system. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function primarySubtag(tag: string): string {
  return tag.split('-')[0]!.toLowerCase();
}
