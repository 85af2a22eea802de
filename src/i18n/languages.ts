export interface Language {
  /** BCP 47, without a region. */
  readonly code: 'en' | 'es' | 'ar';
  /** Its own name for itself: who looks for it need not read the language that is on. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

/** English, which the source is written in; the others are in translations/. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'es', name: 'Español', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl' },
];

/**
 * The language to speak: the one asked for, or else the first of the person's own that the app
 * knows, or else English.
 *
 * @param asked a language's code, or anything else for none
 * @param preferred BCP 47 tags, the most welcome first, as `navigator.languages` has them
 */
export function pickLanguage(asked: string | undefined, preferred: readonly string[]): Language {
  const wanted = [asked, ...preferred.map(primarySubtag)];
  return (
    wanted.map((code) => LANGUAGES.find((language) => language.code === code)).find(Boolean) ??
    LANGUAGES[0]
  );
}

/**
 * The tag by which numbers and dates are written: the person's own region where it is of the
 * language that the app speaks. Arabic's digits are Western ones everywhere, since those stand in
 * its sentences too.
 *
 * @param preferred as for pickLanguage
 */
export function formatTag({ code }: Language, preferred: readonly string[]): string {
  const tag = preferred.find((each) => primarySubtag(each) === code && isTag(each)) ?? code;
  return code === 'ar' ? new Intl.Locale(tag, { numberingSystem: 'latn' }).toString() : tag;
}

/** Browsers take theirs from the system, which has such as `en-US@posix`; `Intl` throws at them. */
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
