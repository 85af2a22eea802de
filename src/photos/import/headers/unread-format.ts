import { fourCharacters, startsWith, viewOf, withinBytes } from './byte-reader.ts';

/**
 * The name of a picture format that browsers do not read, by the first bytes of a file; undefined if
 * it is none that is known. All of them are called the same in every language.
 */
export function unreadFormat(bytes: Uint8Array): string | undefined {
  const found = SIGNATURES.find(({ magic, at = 0 }) => startsWith(bytes.subarray(at), magic));
  if (found) return found.name;
  if (startsWith(bytes, LITTLE_TIFF) || startsWith(bytes, BIG_TIFF)) {
    return isCameraFile(bytes) ? 'RAW' : 'TIFF';
  }
  return /^\s*(<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s>]/is.test(textOf(bytes))
    ? 'SVG'
    : undefined;
}

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const LITTLE_TIFF = [...ascii('II'), 42, 0];
const BIG_TIFF = [...ascii('MM'), 0, 42];

const SIGNATURES: readonly {
  readonly name: string;
  readonly magic: readonly number[];
  readonly at?: number;
}[] = [
  { name: 'PSD', magic: ascii('8BPS') },
  { name: 'JXL', magic: [0xff, 0x0a] },
  { name: 'JXL', magic: [0, 0, 0, 12, ...ascii('JXL ')] },
  { name: 'JPEG 2000', magic: [0, 0, 0, 12, ...ascii('jP  ')] },
  { name: 'JPEG 2000', magic: [0xff, 0x4f, 0xff, 0x51] },
  // Canon's CR3 and CR2, Fujifilm's RAF, Olympus's ORF, Panasonic's RW2.
  { name: 'RAW', magic: ascii('ftypcrx '), at: 4 },
  { name: 'RAW', magic: [...ascii('CR'), 2, 0], at: 8 },
  { name: 'RAW', magic: ascii('FUJIFILMCCD-RAW') },
  { name: 'RAW', magic: ascii('IIRO') },
  { name: 'RAW', magic: ascii('IIRS') },
  { name: 'RAW', magic: ascii('MMOR') },
  { name: 'RAW', magic: [...ascii('IIU'), 0] },
];

/**
 * Whether a TIFF is the raw file of a camera (DNG, NEF, ARW, PEF): it has a DNG version, or the maker
 * of a camera together with a directory below the first one.
 */
function isCameraFile(bytes: Uint8Array): boolean {
  const [MAKE, SUBDIRECTORIES, DNG_VERSION] = [0x010f, 0x014a, 0xc612];
  const view = viewOf(bytes);
  const isLittle = fourCharacters(bytes, 0).startsWith('II');
  const tags = withinBytes(() => {
    const directory = view.getUint32(4, isLittle);
    const count = view.getUint16(directory, isLittle);
    return Array.from({ length: count }, (_, index) =>
      view.getUint16(directory + 2 + 12 * index, isLittle),
    );
  });
  if (!tags) return false;
  return tags.includes(DNG_VERSION) || (tags.includes(MAKE) && tags.includes(SUBDIRECTORIES));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 4096));
}
