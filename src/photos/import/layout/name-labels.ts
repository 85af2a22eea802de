import { mapInSteps, type Steps } from '../../../platform/in-steps.ts';
import { isDate } from './folder-names.ts';
import { stemOf } from './file-type.ts';
import { kindOf } from './kinds.ts';
import { isFiller, plain, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

/** First words of the names that cameras, apps and systems give. */
const CAMERA = new Set(
  wordList`
    img image imagen dsc dscn dscf dsci pxl vid video mvi mvimg mg p pict pic picture photo foto
    fotografia screenshot screen captura whatsapp signal snapchat snap fb received download
    descarga frame file unnamed untitled thumb dji gopr gx gh sam cimg hpim kimg r l b burst
    scan wa telegram instagram inshot collage resized cam camera capture clip beauty pano selfie
    portrait adobe lrm image edit export output out tmp temp number no num item index id train
    test val صوره لقطه
  `,
);
/** Edge Impulse and Roboflow keep the old ending and add a code: "cat.1.jpg.3k2a", "cat_1_jpg.rf.0a1b". */
const CODE = /[._](?:jpe?g|png|bmp|webp)\.(?:rf\.)?[\w-]+$/i;
/** "cat.12", "gato (3)", "Maine_Coon_7", "dog-001_2", "cat_1 (2)". */
const NUMBERED = /^(\p{L}[\p{L}\p{M}\s'’._-]*?)[\s._-]*[([#]?\p{N}[\p{N}\s._()[\]-]*$/u;
/** "cat_3f2a9c" and "cat-3f2504e0-4f89-11d3-9a0c-0305e82c3301": codes in place of numbers. */
const HASH = /[\s._-](?=[^\s._-]*\d)(?:[0-9a-f]{6,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** "001_cat". */
const NUMBER_FIRST = /^\p{N}+[\s._-]+(\p{L}[\p{L}\p{M}\s'’._-]*)$/u;
/** "2024-05-01 cat". */
const NUMBERS_FIRST = /^\p{N}[\p{N}\s._-]*[\s._-](\p{L}[\p{L}\p{M}\s'’._-]*)$/u;
const COPY = /\s*-?\s*\(?(?:copy|copia|نسخة)\)?(?:\s*\(?\d+\)?)?$/i;
/** A longer name is no file's of a system; the patterns take their time with it. */
const LONGEST = 255;
/** Part of a folder's files that must have such names. */
const MOST = 0.8;

/** What a file's name says beside its number: "cat" of "cat.12.jpg"; undefined for a camera's. */
function wordInName(name: string): string | undefined {
  if (name.length > LONGEST) return undefined;
  const stem = stemOf(name).replace(CODE, '').replace(COPY, '').replace(HASH, '').trim();
  const match =
    NUMBERED.exec(stem) ?? NUMBER_FIRST.exec(stem) ?? /^(\p{L}[\p{L}\p{M}\s'’_-]*)$/u.exec(stem);
  // After a date, cameras name how a picture was made.
  const dated = match ? undefined : NUMBERS_FIRST.exec(stem)?.[1];
  const word = (match?.[1] ?? (dated && kindOf(dated) ? dated : undefined))?.replace(
    /[\s._-]+$/,
    '',
  );
  if (word === undefined || isDate(stem)) return undefined;
  const words = wordsOf(word);
  if (words.length === 0 || words.every(isFiller)) return undefined;
  if (CAMERA.has(words[0]!)) {
    // "IMG_cat_1", "train_cat_1", "photo of cat 1".
    const rest = words.filter((one) => !CAMERA.has(one) && !isFiller(one)).join(' ');
    return kindOf(rest) && rest;
  }
  return kindOf(word) || words.join('').length > 2 ? word : undefined;
}

/** A picture that no folder labels. */
export interface NamedFile {
  readonly name: string;
  /** The path of its folder. */
  readonly folder: string;
}

/**
 * The labels in the names of files, where nearly all names of a folder fall into a few words, each
 * with a number: "cat.0.jpg". A single word is a label only if it means cats or dogs.
 *
 * @returns one per file; undefined if its name is no label
 */
export function* nameLabels(files: readonly NamedFile[]): Steps<(string | undefined)[]> {
  const words = yield* mapInSteps(files, ({ name }) => wordInName(name));
  const counts = new Map<string, number>();
  for (const word of words) if (word) counts.set(plain(word), (counts.get(plain(word)) ?? 0) + 1);
  yield;
  const isShared = (word: string | undefined) =>
    word !== undefined && (counts.get(plain(word))! > 1 || kindOf(word) !== undefined);
  const folders = new Map<string, { all: number; shared: number }>();
  files.forEach(({ folder }, index) => {
    const one = folders.get(folder) ?? { all: 0, shared: 0 };
    folders.set(folder, one);
    one.all++;
    if (isShared(words[index])) one.shared++;
  });
  const labels = yield* mapInSteps(words, (word, index) => {
    const { all, shared } = folders.get(files[index]!.folder)!;
    return isShared(word) && shared >= MOST * all ? word : undefined;
  });
  const distinct = new Set(labels.flatMap((label) => (label ? [plain(label)] : [])));
  const isOne = distinct.size === 1 && labels.every((label) => !label || !kindOf(label));
  return isOne ? labels.map(() => undefined) : labels;
}
