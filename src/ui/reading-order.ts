/** Whether text runs from right to left at this element, and next is on the left. */
export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

/**
 * The name of a key in a list that is mirrored where text runs from right to left: there the left
 * arrow key goes on, as the right one does elsewhere.
 */
export function keyInReadingOrder(key: string, element: Element): string {
  if (!isRightToLeft(element)) return key;
  return { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[key] ?? key;
}
