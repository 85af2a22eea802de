/** First of the private use characters that stand for the parts while the message is translated. */
const FIRST_PLACEHOLDER = 0xe000;

/**
 * A translated sentence that contains markup, which the message itself must not contain.
 *
 * @param sentence returns the message with the given placeholders in it, in any order
 * @param parts templates that replace the placeholders
 * @returns the pieces of text and the parts, in the order of the translated sentence
 */
export function markedUp(
  sentence: (...placeholders: string[]) => string,
  ...parts: readonly unknown[]
): unknown[] {
  const placeholders = parts.map((_, index) => String.fromCharCode(FIRST_PLACEHOLDER + index));
  return sentence(...placeholders)
    .split(/([\ue000-\ue0ff])/)
    .map((piece) => parts[piece.charCodeAt(0) - FIRST_PLACEHOLDER] ?? piece);
}
