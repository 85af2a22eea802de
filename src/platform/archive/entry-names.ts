import { language } from '../../i18n/language.ts';
import { decodeCodePage } from './code-pages.ts';
import { UNKNOWN_LETTER } from './unknown-letter.ts';

/** How names of files were written in a language before UTF-8. */
interface Writing {
  /** Code pages, the most common one first: that of MS-DOS, then that of Windows. */
  readonly pages: readonly string[];
  /** A character beyond ASCII that names in the language contain. */
  readonly letter: RegExp;
  /** Whether ASCII letters are part of its words, so that a word has at least as many of them. */
  readonly isLatin?: true;
}

const latin = (letters: string): Writing => ({
  pages: ['cp850', 'cp437', 'windows-1252'],
  letter: new RegExp(`[${letters}ªº]`, 'iu'),
  isLatin: true,
});
const CYRILLIC: Writing = {
  pages: ['ibm866', 'windows-1251', 'koi8-r'],
  letter: /[\p{Script=Cyrillic}№]/u,
};
const ARABIC: Writing = { pages: ['cp720', 'windows-1256'], letter: /[\p{Script=Arabic}،؛؟]/u };
const CENTRAL_EUROPEAN: Writing = {
  pages: ['cp852', 'windows-1250'],
  letter: /[áâăäąćčçďđéęëěíîĺľłńňóôőöŕřśšșşťțţúůűüýźžż]/iu,
  isLatin: true,
};
const WESTERN = latin('áàâãäåæçéèêëíìîïñóòôõöøœúùûüýÿß');

const WRITINGS: Readonly<Record<string, Writing>> = {
  ar: ARABIC,
  fa: ARABIC,
  ur: ARABIC,
  ja: {
    pages: ['shift_jis', 'euc-jp'],
    letter: /[\p{Script=Hiragana}\p{Script=Han}ァ-ヶー・、。「」（）！？　０-９Ａ-Ｚａ-ｚ]/u,
  },
  ko: { pages: ['euc-kr'], letter: /[\p{Script=Hangul}\p{Script=Han}]/u },
  zh: { pages: ['gb18030', 'big5'], letter: /[\u4e00-\u9fff、。（）《》“”！？]/u },
  ru: CYRILLIC,
  uk: CYRILLIC,
  be: CYRILLIC,
  bg: CYRILLIC,
  sr: CYRILLIC,
  el: { pages: ['cp737', 'windows-1253'], letter: /\p{Script=Greek}/u },
  he: { pages: ['cp862', 'windows-1255'], letter: /\p{Script=Hebrew}/u },
  th: { pages: ['windows-874'], letter: /\p{Script=Thai}/u },
  tr: { pages: ['cp857', 'windows-1254'], letter: /[çğıöşüâîûÇĞİÖŞÜÂÎÛ]/u, isLatin: true },
  cs: CENTRAL_EUROPEAN,
  hr: CENTRAL_EUROPEAN,
  hu: CENTRAL_EUROPEAN,
  pl: CENTRAL_EUROPEAN,
  ro: CENTRAL_EUROPEAN,
  sk: CENTRAL_EUROPEAN,
  sl: CENTRAL_EUROPEAN,
  es: latin('áéíóúüñ¿¡'),
  pt: latin('áàâãçéêíóôõúü'),
  fr: latin('àâæçéèêëîïôœùûüÿ'),
  de: latin('äöüß'),
  it: latin('àèéìíîòóùú'),
};

/** The fraction of the characters beyond ASCII that must be letters of the language. */
const ENOUGH = 0.9;

/**
 * Decodes names of files that are not marked as UTF-8: all of them as UTF-8 if that is what they are,
 * otherwise in the code page of one of the languages in which they read as words of it. If there is
 * none, the bytes beyond ASCII become UNKNOWN_LETTER. The names are in NFC, as macOS decomposes them.
 *
 * @param names one list for each archive: a longer list makes the choice more certain
 * @param languages BCP 47 tags, the preferred one first
 */
export function decodeNames(
  names: readonly Uint8Array[],
  languages: readonly string[],
): readonly string[] {
  const other = names.filter((name) => decodeUtf8(name) === undefined);
  const page = other.length > 0 ? codePageOf(other, languages) : undefined;
  const ascii = new AsciiDecoder();
  return names.map((name) => {
    const text = decodeUtf8(name) ?? (page ? decodeCodePage(name, page) : ascii.decode(name));
    return text.normalize('NFC');
  });
}

/** The language of the app, then those of the phone. */
export function languagesOfUser(): readonly string[] {
  return [language().code, ...(globalThis.navigator?.languages ?? [])];
}

function codePageOf(
  names: readonly Uint8Array[],
  languages: readonly string[],
): string | undefined {
  for (const language of languages) {
    const writing = writingOf(language);
    let best: { page: string; score: number } | undefined;
    for (const page of writing.pages) {
      const score = scoreOf(names, page, writing);
      if (score >= ENOUGH && score > (best?.score ?? 0)) best = { page, score };
    }
    if (best) return best.page;
  }
  return undefined;
}

function writingOf(language: string): Writing {
  const { language: code, script, region = '' } = new Intl.Locale(language);
  const writing = WRITINGS[code] ?? WESTERN;
  if (code !== 'zh') return writing;
  const isTraditional = script === 'Hant' || ['TW', 'HK', 'MO'].includes(region);
  return isTraditional ? { ...writing, pages: writing.pages.toReversed() } : writing;
}

/**
 * The fraction of characters beyond ASCII that are letters of the language, 0 to 1. A capital after
 * a small letter counts against it, and so do words of a Latin alphabet that are mostly accents.
 */
function scoreOf(names: readonly Uint8Array[], page: string, writing: Writing): number {
  let good = 0;
  let all = 0;
  for (const name of names) {
    let text: string;
    try {
      text = decodeCodePage(name, page);
    } catch {
      return 0;
    }
    for (const word of text.match(/[\p{L}\p{M}]+|[^\p{ASCII}]/gu) ?? []) {
      const beyond = Array.from(word).filter((letter) => letter > '\x7f');
      all += beyond.length;
      const isForeign = writing.isLatin && beyond.length > Math.max(1, word.length / 2);
      const isMixed = /\p{Ll}\p{Lu}/u.test(word) && !/\p{Ll}[A-Z]/u.test(word);
      if (isForeign || isMixed) continue;
      good += beyond.filter((letter) => writing.letter.test(letter)).length;
    }
  }
  return all > 0 ? good / all : 0;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Decodes ASCII. Names that differ stay different, because they may be folders of two classes. */
class AsciiDecoder {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  decode(bytes: Uint8Array): string {
    const parts = Array.from(bytes, (byte) => String.fromCharCode(byte))
      .join('')
      .split(/[\\/]/);
    return parts.map((part) => this.#part(part)).join('/');
  }

  #part(raw: string): string {
    const known = this.#names.get(raw);
    if (known !== undefined) return known;
    const text = raw.replace(/[^\0-\x7f]/g, UNKNOWN_LETTER);
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    const last = text.lastIndexOf(UNKNOWN_LETTER) + 1;
    const name =
      count === 1 || last === 0 ? text : `${text.slice(0, last)} ${count}${text.slice(last)}`;
    this.#names.set(raw, name);
    return name;
  }
}
