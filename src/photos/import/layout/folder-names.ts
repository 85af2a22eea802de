import { isFiller, isJoining, isNumber, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

/** Words of folders that phones, clouds and systems make. */
const PLACES = new Set(
  wordList`
    airdrop album albums android backup bluetooth camera camara capturas cargas com descargas
    desktop discord document documentos documents download downloads drive dropbox escritorio
    facebook favorites favoritos favourites gallery google icloud instagram lightroom media
    messenger onedrive owner picsart pinterest received recents recovered reddit restored roll
    saved screenshot screenshots sent signal sinclasificar skype snapchat snapseed sticker
    stickers subidas takeout telegram tiktok twitter uncategorized unlabeled unlabelled unsorted
    untitled upload uploads viber video videos wechat whatsapp
    كاميرا الكاميرا تنزيلات التنزيلات المستندات
  `,
);
/** Folders of cards and phones: "100APPLE", "101_PANA". */
const CARD = /^\d{3}[A-Z_]{5}$/;
/** Parts of a whole: "fold3", "Part 1 of 2". */
const PART = /^(?:part|fold|batch|chunk|shard|parte|lote)[\s_-]*\d+(?:\s*(?:of|de)\s*\d+)?$/i;
/** What messengers export: "WhatsApp Chat - Rex", "ChatExport_2024-05-01". */
const CHAT =
  /^(?:whatsapp[\s-]*chat|chat (?:de|do|da|di) whatsapp|chat whatsapp|chatexport_|محادثة واتساب|دردشة واتساب)/i;
/** "2024", "2024-05", "2024_05_31", "20240531". */
const DATE = /^(?:19|20)\d\d(?:[-_. ]?(?:0?[1-9]|1[0-2])(?:[-_. ]?(?:0?[1-9]|[12]\d|3[01]))?)?$/;

/** Whether a name is a year from 1900 to 2099, with or without a month and a day: "2024-05". */
export function isDate(name: string): boolean {
  return DATE.test(name.trim());
}

/** Whether a folder's name says nothing about its photos: "images", "Photos from 2024", "DCIM". */
export function saysNothing(name: string): boolean {
  if (isDate(name) || CARD.test(name) || PART.test(name) || CHAT.test(name)) return true;
  const words = wordsOf(name);
  const rest = words.filter((word, index) => {
    // "images A" is not "images B".
    const isLetter = word.length === 1 && index > 0 && index === words.length - 1;
    return isLetter || (!isFiller(word) && !PLACES.has(word));
  });
  // "Class 1" is a name that a person gave, though each of its words says nothing.
  const isGiven = words.some((word) => word === 'class' || word === 'clase' || word === 'group');
  // Of the letters of an alphabet, "A" is one.
  const isWord = words.every((word) => isNumber(word) || isJoining(word));
  const isNothing = rest.every(isNumber) && rest.length < words.length;
  return isNothing && !isGiven && !isWord;
}

/** Folders of drawings that mark what a photo shows, each named like its photo. */
const MARKING = new Set(
  wordList`
    annotation annotations mask masks trimap trimaps segmentation segmentations
    segmentationclass segmentationobject groundtruth
  `,
);

/** Whether a folder's name says that it holds such drawings. */
export function isMarking(folder: string): boolean {
  return MARKING.has(wordsOf(folder).join(''));
}

const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What Google Drive adds to the name of a folder that is downloaded, in one or more parts. */
const DOWNLOADED = /-\d{8}T\d{6}Z(?:-\d+)*$/;

/**
 * "Chihuahua" of the ImageNet folder "n02085620-Chihuahua", of "007.Chihuahua", and of
 * "Chihuahua-20240501T101112Z-001", as Google Drive names a download. Spaces around a name and marks
 * of the direction of writing are no part of it.
 */
export function withoutCode(name: string): string {
  const told = name.replace(DIRECTIONS, '').trim();
  const own = told.replace(DOWNLOADED, '') || told;
  return /^(?:n\d{8}[-_ ]|\d{2,4}[._-]\s*)(\p{L}.+)$/su.exec(own)?.[1] ?? own;
}

/** Whether a folder is the library of Apple's Photos, which systems other than macOS show as one. */
export function isPhotosLibrary(folder: string): boolean {
  return /\.photos?library$/i.test(folder);
}

/** Whether a folder holds small copies of pictures. */
export function isThumbnails(folder: string): boolean {
  return /^(thumbs?|thumbnails?|previews?|miniaturas?)$/i.test(folder);
}
