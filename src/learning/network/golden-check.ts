import type { PictureBatch } from '../input/picture-batch.ts';
import type { GoldenFeatures } from '../../records/base-spec.ts';
import type { GoldenFurther } from '../../records/further-features.ts';
import type { GoldenBoxes } from '../../records/known-classes.ts';

/**
 * The synthetic picture that golden features are computed from:
 * `pixel(y, x, c) = (7x + 13y + 29c + (x*y mod 11)) mod 256`.
 *
 * @param size side in pixels
 * @returns RGB bytes, `[size, size, 3]`
 */
export function goldenPicture(size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  let at = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) pixels[at++] = (7 * x + 13 * y + 29 * c + ((x * y) % 11)) % 256;
    }
  }
  return pixels;
}

/**
 * The golden picture several times; every second one is given as its mirror image, to be mirrored
 * again.
 *
 * @param size side in pixels
 */
export function goldenBatch(size: number, count: number): PictureBatch {
  const rgb = goldenPicture(size);
  const pictures = Array.from({ length: count }, (_, index) => {
    const flip = index % 2 === 1;
    const rgba = new Uint8ClampedArray(size * size * 4);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const column = pixel % size;
      const to = flip ? pixel - column + (size - 1 - column) : pixel;
      for (let c = 0; c < 3; c++) rgba[4 * to + c] = rgb[3 * pixel + c]!;
      rgba[4 * to + 3] = 255;
    }
    return { rgba, flip };
  });
  return { size, pictures };
}

/**
 * The statistics of a feature vector that `GoldenFeatures` stores.
 *
 * @param firstLength how many of the first features to give
 */
export function goldenFigures(
  features: ArrayLike<number>,
  firstLength = 32,
): Pick<GoldenFeatures, 'first' | 'l2' | 'mean' | 'argmax'> {
  let squares = 0;
  let sum = 0;
  let argmax = 0;
  for (let i = 0; i < features.length; i++) {
    const value = features[i]!;
    squares += value * value;
    sum += value;
    if (value > features[argmax]!) argmax = i;
  }
  const first = Array.from({ length: Math.min(firstLength, features.length) }, (_, i) =>
    Number(features[i]),
  );
  return { first, l2: Math.sqrt(squares), mean: sum / features.length, argmax };
}

/**
 * Compares a feature vector with golden features. For `argmax` it compares values, not indices: two
 * features that are nearly equal may swap places.
 *
 * @returns the largest absolute difference; Infinity when a number is not finite
 */
export function goldenDifference(features: ArrayLike<number>, golden: GoldenFeatures): number {
  const figures = goldenFigures(features, golden.first.length);
  const differences = [
    figures.l2 - golden.l2,
    figures.mean - golden.mean,
    features[figures.argmax]! - (features[golden.argmax] ?? NaN),
    ...golden.first.map((value, i) => (figures.first[i] ?? NaN) - value),
  ].map(Math.abs);
  const largest = Math.max(...differences);
  return Number.isFinite(largest) ? largest : Infinity;
}

/**
 * Compares encodings of boxes with golden ones.
 *
 * @param encodings `[places, anchors, 4]`
 * @returns the largest absolute difference; Infinity when a number is not finite
 */
export function boxDifference(encodings: ArrayLike<number>, golden: GoldenBoxes): number {
  const at = golden.place * golden.encodings.length;
  const differences = golden.encodings.map((value, i) =>
    Math.abs((encodings[at + i] ?? NaN) - value),
  );
  const largest = Math.max(...differences);
  return Number.isFinite(largest) ? largest : Infinity;
}

/**
 * Compares further features with golden ones.
 *
 * @param further `[length]`
 * @returns the largest absolute difference; Infinity when a number is not finite or the lengths differ
 */
export function furtherDifference(further: ArrayLike<number>, golden: GoldenFurther): number {
  if (further.length !== golden.values.length) return Infinity;
  const differences = golden.values.map((value, i) => Math.abs(further[i]! - value));
  const largest = Math.max(...differences);
  return Number.isFinite(largest) ? largest : Infinity;
}
