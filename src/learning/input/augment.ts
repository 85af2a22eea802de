import type { Random } from '../../platform/random.ts';

/** Parameters of an augmentation; the flip is applied before the rotation. */
export interface Augmentation {
  /** Whether to mirror the picture horizontally. */
  readonly flip: boolean;
  /** Rotation in radians, positive counter-clockwise, as in Keras. */
  readonly angle: number;
}

/**
 * The `factor` of Keras's RandomRotation, as a fraction of a full turn: the tutorial's 0.2 is up to
 * 72 degrees in either direction.
 */
const ROTATION_FACTOR = 0.2;

/** Draws a random augmentation: Keras's `RandomFlip('horizontal')` then `RandomRotation(0.2)`. */
export function drawAugmentation(random: Random): Augmentation {
  const flip = random.next() < 0.5;
  const angle = (2 * random.next() - 1) * ROTATION_FACTOR * 2 * Math.PI;
  return { flip, angle };
}

/**
 * Flips a picture and rotates it about its centre. Each pixel is read by bilinear interpolation at
 * the position that Keras's `get_rotation_matrix` gives (Keras 2,
 * keras/layers/preprocessing/image_preprocessing.py). Outside the picture, pixels are reflected,
 * `d c b a | a b c d | d c b a`, as in `MapCoordinate` of ImageProjectiveTransformV3
 * (tensorflow/core/kernels/image/image_ops.h), Keras's default.
 *
 * @param rgba `[size, size, 4]`, 0 to 255
 * @param rgb `[size, size, 3]`, receives the result; a new array by default
 * @returns `rgb`, 0 to 255
 */
export function augment(
  rgba: Uint8ClampedArray,
  size: number,
  { flip, angle }: Augmentation,
  rgb = new Float32Array(size * size * 3),
): Float32Array {
  if (angle === 0) copy(rgba, size, flip, rgb);
  else rotate(rgba, size, flip, angle, rgb);
  return rgb;
}

function copy(rgba: Uint8ClampedArray, size: number, flip: boolean, rgb: Float32Array): void {
  let to = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = 4 * (y * size + (flip ? size - 1 - x : x));
      rgb[to++] = rgba[from]!;
      rgb[to++] = rgba[from + 1]!;
      rgb[to++] = rgba[from + 2]!;
    }
  }
}

function rotate(
  rgba: Uint8ClampedArray,
  size: number,
  flip: boolean,
  angle: number,
  rgb: Float32Array,
): void {
  const last = size - 1;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const xOffset = (last - (cos - sin) * last) / 2;
  const yOffset = (last - (sin + cos) * last) / 2;
  let to = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const rotatedX = cos * x - sin * y + xOffset;
      // The rotation reads from the flipped picture, whose columns are in reverse order.
      const fromX = reflect(flip ? last - rotatedX : rotatedX, last);
      const fromY = reflect(sin * x + cos * y + yOffset, last);
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const right = fromX - left;
      const bottom = fromY - top;
      // At the last column or row there is no next one, and its weight would be 0.
      const nextColumn = left < last ? 4 : 0;
      const nextRow = top < last ? 4 * size : 0;
      const from = 4 * (top * size + left);
      for (let channel = from; channel < from + 3; channel++) {
        const below = channel + nextRow;
        const upper = (1 - right) * rgba[channel]! + right * rgba[channel + nextColumn]!;
        const lower = (1 - right) * rgba[below]! + right * rgba[below + nextColumn]!;
        rgb[to++] = (1 - bottom) * upper + bottom * lower;
      }
    }
  }
}

/**
 * Reflects a coordinate into the range 0 to `last`, at the outer edge of the first or last pixel
 * (-0.5 or `last` + 0.5). One reflection is enough: a square rotated about its centre extends
 * beyond its original area by less than a quarter of its side.
 */
function reflect(coordinate: number, last: number): number {
  if (coordinate < 0) return Math.max(0, -1 - coordinate);
  return coordinate > last ? Math.min(last, 2 * last + 1 - coordinate) : coordinate;
}
