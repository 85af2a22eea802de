import { formatTag, LANGUAGES, pickLanguage } from '../i18n/languages.ts';
import type { PageFacts } from '../models/formats/web-page/web-page.ts';
import type { PageTexts } from '../models/formats/web-page/page-texts.ts';

/** The texts and the forms of numbers of a page in the reader's language. */
export interface Phrases {
  readonly texts: PageTexts;
  readonly code: string;
  readonly direction: 'ltr' | 'rtl';
  /** @param fraction 0 to 1 */
  readonly percent: (fraction: number) => string;
  readonly count: (value: number) => string;
  readonly date: (milliseconds: number) => string;
}

/**
 * The language that the browser prefers among those of the page, or else that of the app which
 * wrote it.
 *
 * @param preferred as `navigator.languages`
 */
export function phrasesOf({ texts, language }: PageFacts, preferred: readonly string[]): Phrases {
  const known = (tag: string) => LANGUAGES.some(({ code }) => tag.toLowerCase().startsWith(code));
  const wanted = pickLanguage(undefined, [...preferred.filter(known), language]);
  const chosen = texts[wanted.code] ? wanted : LANGUAGES.find(({ code }) => texts[code])!;
  const tag = formatTag(chosen, preferred);
  const percent = new Intl.NumberFormat(tag, { style: 'percent' });
  const count = new Intl.NumberFormat(tag);
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long' });
  return {
    texts: texts[chosen.code]!,
    ...{ code: chosen.code, direction: chosen.direction },
    percent: (fraction) => percent.format(fraction),
    count: (value) => count.format(value),
    date: (milliseconds) => date.format(milliseconds),
  };
}
