/** Private use area: stands for a part until the language has put it in its place. */
const FIRST_PLACE = 0xe000;

/**
 * A sentence with markup in it, which a message must not hold.
 *
 * @param sentence gives the message with something in place of each part
 * @param parts templates, for the places in their order
 */
export function markedUp(
  sentence: (...places: string[]) => string,
  ...parts: readonly unknown[]
): unknown[] {
  const places = parts.map((_, index) => String.fromCharCode(FIRST_PLACE + index));
  return sentence(...places)
    .split(/([\ue000-\ue0ff])/)
    .map((piece) => parts[piece.charCodeAt(0) - FIRST_PLACE] ?? piece);
}
