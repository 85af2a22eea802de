import { wordList } from './word-list.ts';

/** Arabic vowel signs, the stretching stroke and accents: they do not tell two words apart. */
const MARKS = /[\p{M}\u0640]/gu;
/** Spellings of one Arabic letter. */
const LETTERS: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ة: 'ه' };

/** A text without upper case, accents and variants of one letter: "Ratón" and "raton" are equal. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[أإآىة]/g, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase();
}

/** Names of apps with a capital letter inside a word. */
const APPS = /whatsapp|icloud|wechat|snapchat|onedrive|youtube/gi;

/**
 * The words and the numbers of a name, in plain letters: of "trainingSet_2" they are "training",
 * "set" and "2".
 */
export function wordsOf(name: string): string[] {
  const apart = name
    .normalize('NFC')
    .replace(APPS, (app) => app.toLowerCase())
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
  return plain(apart).match(/\p{L}+|\p{N}+/gu) ?? [];
}

export function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}

/** Words that name photos in general, or nothing at all: beside others they mean nothing. */
const FILLERS = new Set(
  wordList`
    a all an and archive class clase copia copy crop cropped data dataset datos dcim file files folder foto
    fotografia fotografias fotos from group image imagen imagenes images img imgs in jpeg jpegs
    jpegimages jpg jpgs label my new of photo photos pic pics picture pictures png pngs raw
    sample samples set the carpeta conjunto de del el en la las los mi mis muestra muestras
    nueva todas todos صوره صور الصور مجلد جديد من بيانات البيانات عينات نسخه
  `,
);

export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}
