import { moveSquare, resizeSquare, type PictureSize } from '../../../image/adjust-square.ts';
import type { SquareCrop } from '../../../image/square.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

type Pointer = Pick<PointerEvent, 'pointerId' | 'clientX' | 'clientY' | 'type'>;

/** What one finger or two do with a square: one moves it, two move and size it. */
export class SquareGesture {
  readonly #pointers = new Map<number, Point>();
  /** Where the fingers were, and the square was, when their number changed last. */
  #start:
    { readonly middle: Point; readonly spread: number; readonly crop: SquareCrop } | undefined;

  /** A pointer goes down or moves. @returns false for one that is not down */
  put({ pointerId, clientX, clientY, type }: Pointer, crop: SquareCrop): boolean {
    const isNew = type === 'pointerdown';
    if (!isNew && !this.#pointers.has(pointerId)) return false;
    this.#pointers.set(pointerId, { x: clientX, y: clientY });
    if (isNew) this.#begin(crop);
    return true;
  }

  lift({ pointerId }: Pointer, crop: SquareCrop): void {
    if (this.#pointers.delete(pointerId)) this.#begin(crop);
  }

  /**
   * The square as it is now.
   *
   * @param pixels of the picture, a CSS pixel
   */
  crop(pixels: number, picture: PictureSize): SquareCrop {
    const { middle, spread, crop } = this.#start!;
    const now = this.#middle();
    // Fingers that part make the square larger, as they do with any frame.
    const factor = spread > 0 ? this.#spread(now) / spread : 1;
    const sized = resizeSquare(crop, crop.side * factor, picture);
    return moveSquare(sized, (now.x - middle.x) * pixels, (now.y - middle.y) * pixels, picture);
  }

  #begin(crop: SquareCrop): void {
    const middle = this.#middle();
    this.#start = { middle, spread: this.#spread(middle), crop };
  }

  #middle(): Point {
    const points = [...this.#pointers.values()];
    const mean = (of: (point: Point) => number) =>
      points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
    return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  }

  /** Mean distance of the fingers from their middle; 0 for one finger. */
  #spread(middle: Point): number {
    const points = [...this.#pointers.values()];
    const distances = points.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y));
    return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, points.length);
  }
}
