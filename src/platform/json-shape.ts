const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `{`, `]` and `}`. */
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/** How much JSON.parse builds from a text. */
export interface JsonShape {
  /** The deepest nesting of brackets; 0 for a text without brackets. */
  readonly depth: number;
  /** The number of opening brackets and commas; the text has at most one value more. */
  readonly values: number;
}

/**
 * Counts what JSON.parse would build, so that a hostile text can be refused before it is parsed:
 * JSON.parse makes 700 MB from ten million brackets.
 *
 * @param bytes the text in UTF-8, in which no byte of a multi-byte character looks like ASCII
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
