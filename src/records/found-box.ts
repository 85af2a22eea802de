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
