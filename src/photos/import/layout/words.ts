import { remembered } from './remembered.ts';
import { wordList } from './word-list.ts';

/** Arabic vowel signs, the stretching stroke and accents: they do not tell two words apart. */
const MARKS = /[\p{M}\u0640]/gu;
/** Spellings of one Arabic letter. */
const LETTERS: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ة: 'ه' };

/** In letters of ASCII nothing has accents or variants, and no decomposition is needed. */
const ASCII = /^[ -~]*$/;

/** A text without upper case, accents and variants of one letter: "Ratón" and "raton" are equal. */
export function plain(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : plainLetters(text);
}

const plainLetters = remembered((text) =>
  text
    .normalize('NFKC')
    .replace(/[أإآىة]/g, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase(),
);

/** Names of apps with a capital letter inside a word. */
const APPS = /whatsapp|icloud|wechat|snapchat|onedrive|youtube/gi;

/**
 * The words and the numbers of a name, in plain letters: of "trainingSet_2" they are "training",
 * "set" and "2".
 */
export const wordsOf = remembered((name): readonly string[] => {
  const apart = name
    .normalize('NFC')
    .replace(APPS, (app) => app.toLowerCase())
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .replace(/['’]s(?!\p{L})/giu, '');
  return plain(apart).match(ASCII.test(apart) ? /[a-z]+|\d+/g : /\p{L}+|\p{N}+/gu) ?? [];
});

/** Whether a word consists of numerals, of any script. */
export function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}

/** Words that only join others: beside others they mean nothing. */
const JOINING = wordList`
  a an and con da das de dei del della der des di die do dos du e el en et fra from för i in la
  las le les lo los my mi mis mit of och on only os som te the til und
  uit van ve vom von z za домашние مع من في و جديد
  domestic domestico domestica domesticos domesticas
`;
/** Words that name photos in general. */
const PHOTO_WORDS = wordList`
  all archive breed breeds class clase copia copie copy crop cropped data dataset datos dcim file files folder carpeta
  conjunto group kopie kopia kopya копия コピー image imagen imagenes images img imgs jpeg jpegs jpegimages jpg jpgs label photo
  photos pic pics picture pictures png pngs raw raza razas sample samples set muestra muestras
  new nueva nuevo todas todos جديد سلاله سلالات
  foto fotos fotografia fotografias fotografie bild bilder bildern aufnahmen image immagini imagem imagens
  afbeelding afbeeldingen billeder bilde kuva kuvat valokuvat zdjecia zdjecie obrazy obrazky fotky fenykepek
  kepek fotograf fotograflar resim resimler фото фотографии фотография изображения картинки снимки
  φωτογραφιες εικονες תמונות 写真 画像 照片 图片 相片 사진 이미지 anh hinh gambar
  صوره صور الصور صورتي مجلد بيانات البيانات عينات نسخه
`;
const FILLERS = new Set([...JOINING, ...PHOTO_WORDS].map(plain));
const JOINING_WORDS = new Set(JOINING.map(plain));

/** Whether a word only joins others: a folder of that name means something. */
export function isJoining(word: string): boolean {
  return JOINING_WORDS.has(word);
}

/** Whether a word means nothing beside others. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

/** Whether a label is only a number or a code, as of Open Images ("/m/01yrx") or ImageNet. */
export function isCode(label: string): boolean {
  return /^(?:\p{N}{1,6}|\/[mgt]\/\w+|n\d{8})$/u.test(label);
}

/** "12" of "0012", as a spreadsheet or a list of numbers writes it. */
export function withoutZeros(number: string): string {
  return number.replace(/^0+(?=.)/, '');
}
