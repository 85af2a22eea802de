import { moveSquare, resizeSquare, type PictureSize } from '../../../image/adjust-square.ts';
import type { SquareCrop } from '../../../image/square.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

type Pointer = Pick<PointerEvent, 'pointerId' | 'clientX' | 'clientY' | 'type'>;

/** Pointer gestures on a square: one finger moves it, two fingers move and resize it. */
export class SquareGesture {
  readonly #pointers = new Map<number, Point>();
  /** State at the last change of the number of fingers: positions in CSS px and the square. */
  #start:
    | { readonly middle: Point; readonly spread: number; readonly crop: SquareCrop }
    | undefined;

  /**
   * Records that a pointer goes down or moves.
   *
   * @returns false if the pointer is not down
   */
  put({ pointerId, clientX, clientY, type }: Pointer, crop: SquareCrop): boolean {
    const isNew = type === 'pointerdown';
    if (!isNew && !this.#pointers.has(pointerId)) return false;
    this.#pointers.set(pointerId, { x: clientX, y: clientY });
    if (isNew) this.#begin(crop);
    return true;
  }

  /** Records that a pointer goes up. */
  lift({ pointerId }: Pointer, crop: SquareCrop): void {
    if (this.#pointers.delete(pointerId)) this.#begin(crop);
  }

  /**
   * The square after the gesture so far, in pixels of the picture.
   *
   * @param pixels pixels of the picture per CSS pixel
   */
  crop(pixels: number, picture: PictureSize): SquareCrop {
    const { middle, spread, crop } = this.#start!;
    const now = this.#middle();
    // Moving the fingers apart enlarges the square.
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

  /** Mean distance in CSS px of the fingers from their middle; 0 for one finger. */
  #spread(middle: Point): number {
    const points = [...this.#pointers.values()];
    const distances = points.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y));
    return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, points.length);
  }
}
