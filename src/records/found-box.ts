/** Where something that the base knows is in a picture, in fractions of its width and height. */
export interface FoundBox {
  /** Left edge. */
  readonly x: number;
  /** Top edge. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How sure the base is that it is there, 0 to 1. */
  readonly score: number;
}

/** Intersection over union of two boxes of a picture, 0 to 1. */
export function boxOverlap(a: FoundBox, b: FoundBox): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, across) * Math.max(0, down);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
