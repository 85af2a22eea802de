/** Brands of pictures and of sounds in the same container (ISO/IEC 14496-12, 4.3; mp4ra.org). */
const OTHER_BRANDS = /^(hei|hev|mif|msf|avi[fs]|jxl|crx|M4[AB] )/;
/** The first box of a QuickTime file from before `ftyp`. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];
/** Number of bytes that `isFilm` looks at. */
export const FILM_HEAD_BYTES = 12;

/**
 * Whether a file is a film by its first bytes: MP4, MOV, 3GP, WebM or Matroska. Whether there are
 * pictures in it is only known after it is opened.
 */
export function isFilm(head: Uint8Array): boolean {
  if ([0x1a, 0x45, 0xdf, 0xa3].every((byte, index) => head[index] === byte)) return true;
  const text = (offset: number) => String.fromCharCode(...head.subarray(offset, offset + 4));
  if (text(4) === 'ftyp') return !OTHER_BRANDS.test(text(8));
  return QUICKTIME_BOXES.includes(text(4));
}
