const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `{`, `]` and `}`. */
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/** How much there is to build of a JSON text. */
export interface JsonShape {
  /** Of nested brackets. */
  readonly depth: number;
  /** Values at most: brackets that open, and commas. */
  readonly values: number;
}

/**
 * Counts what JSON.parse would have to build, before it does: of ten million brackets it makes 700 MB.
 *
 * @param bytes of a text in UTF-8, in which no part of a longer character looks like ASCII
 */
export function jsonShape(bytes: Uint8Array): JsonShape {
  let depth = 0;
  let deepest = 0;
  let values = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === COMMA) values++;
    else if (OPEN.includes(byte)) {
      values++;
      deepest = Math.max(deepest, ++depth);
    } else if (CLOSE.includes(byte)) depth--;
  }
  return { depth: deepest, values };
}
