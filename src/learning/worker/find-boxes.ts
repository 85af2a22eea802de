import { coveringSquares } from '../../image/covering-squares.ts';
import { pictureSize } from '../../image/draw-square.ts';
import { centreSquare, type SquareCrop } from '../../image/square.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { decodeBoxes, withoutOverlaps } from '../evaluate/decode-boxes.ts';
import type { BoxValues } from '../features/box-reader.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { modelPixels } from '../input/model-pixels.ts';
import type { Sought } from './sought.ts';

type Picture = VideoFrame | ImageBitmap;

/**
 * Where a picture has what is looked for, by one forward pass of the base for each of the squares
 * that cover the picture.
 *
 * @returns the surest first
 * @throws Problem `gpu`
 */
export async function findBoxes(
  extractor: FeatureExtractor,
  watch: DeviceWatch,
  sought: Sought,
  picture: Picture,
): Promise<FoundBox[]> {
  const { width, height } = pictureSize(picture);
  const found: FoundBox[] = [];
  for (const square of coveringSquares({ width, height })) {
    for (const box of await boxesInSquare(extractor, watch, sought, picture, square)) {
      found.push({
        x: (square.x + box.x * square.side) / width,
        y: (square.y + box.y * square.side) / height,
        width: (box.width * square.side) / width,
        height: (box.height * square.side) / height,
        score: box.score,
      });
    }
  }
  return withoutOverlaps(found);
}

/**
 * As `findBoxes`, for a square of a picture.
 *
 * @param square the centre square by default
 * @returns in fractions of the square
 * @throws Problem `gpu`
 */
export async function boxesInSquare(
  extractor: FeatureExtractor,
  watch: DeviceWatch,
  sought: Sought,
  picture: Picture,
  square?: SquareCrop,
): Promise<FoundBox[]> {
  const { width, height } = pictureSize(picture);
  const { inputSize: size } = extractor;
  const rgba = modelPixels(picture, size, square ?? centreSquare(width, height));
  const pictures = { size, pictures: [{ rgba, flip: false }] };
  const read = await extractor.readBoxes(pictures, sought, watch);
  return read ? boxesOf(extractor, read) : [];
}

/**
 * The boxes of one picture, the surest first.
 *
 * @param mirrored whether the picture was mirrored, so that the boxes have to be too
 */
export function boxesOf(
  { boxes, inputSize: side }: Pick<FeatureExtractor, 'boxes' | 'inputSize'>,
  { values, mapShape: [height = 0, width = 0] }: BoxValues,
  mirrored = false,
): FoundBox[] {
  const decoded = decodeBoxes({ values, height, width, side }, boxes!.spec);
  const found = withoutOverlaps(decoded);
  return mirrored ? found.map((box) => ({ ...box, x: 1 - box.x - box.width })) : found;
}
