import { EXIF } from './jpeg-segments.ts';
import { fourCharacters, startsWith, viewOf, type Span } from './byte-reader.ts';

/** The EXIF data in the chunk `EXIF` of a WebP file (RFC 9649, 2.7.1.5). */
export function webpExif(bytes: Uint8Array): Uint8Array | undefined {
  const chunk = chunkOf(bytes, 'EXIF', { first: 12, isPng: false });
  if (!chunk) return undefined;
  const content = bytes.subarray(chunk.start, chunk.end);
  // Some writers copy the beginning of JPEG's segment too.
  return startsWith(content, EXIF) ? content.subarray(EXIF.length) : content;
}

/** The EXIF data in the chunk `eXIf` of a PNG file (PNG, 11.3.4.5). */
export function pngExif(bytes: Uint8Array): Uint8Array | undefined {
  const chunk = chunkOf(bytes, 'eXIf', { first: 8, isPng: true });
  return chunk && bytes.subarray(chunk.start, chunk.end);
}

/**
 * The content of the first chunk of a type. A chunk of PNG is its length, its type, its content and
 * a checksum; one of WebP is its type, its length and its content, padded to an even length.
 */
function chunkOf(
  bytes: Uint8Array,
  type: string,
  { first, isPng }: { readonly first: number; readonly isPng: boolean },
): Span | undefined {
  const view = viewOf(bytes);
  for (let at = first; at + 8 <= bytes.length;) {
    const length = isPng ? view.getUint32(at) : view.getUint32(at + 4, true);
    const found = fourCharacters(bytes, isPng ? at + 4 : at);
    if (found === type) return { start: at + 8, end: Math.min(at + 8 + length, bytes.length) };
    at += isPng ? 12 + length : 8 + length + (length % 2);
  }
  return undefined;
}
