import type { Picture } from '../../image/draw-square.ts';
import type { PictureSize } from '../../image/adjust-square.ts';
import { isCentreEnough } from '../../image/animal-square.ts';
import { coveringSquares } from '../../image/covering-squares.ts';
import { centreSquare, type SquareCrop } from '../../image/square.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { decodeBoxes, nonMaxSuppression } from '../evaluate/decode-boxes.ts';
import type { BoxValues } from '../features/box-reader.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { modelPixels } from '../input/model-pixels.ts';
import type { Sought } from './sought.ts';

/**
 * Detects the sought classes in a picture: one forward pass of the base on the centre square and, if
 * that does not settle the crop, one for each covering square.
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
  const look = (square: SquareCrop) => boxesInSquare(extractor, watch, sought, picture, square);
  const centre = centreSquare(picture.width, picture.height);
  const inCentre = await look(centre);
  if (inCentre[0] && isCentreEnough(picture, inCentre[0])) {
    return inCentre.map((box) => inPicture(box, centre, picture));
  }
  // What the centre cuts off is not kept: the squares beside it may have it whole.
  const found: FoundBox[] = [];
  for (const square of coveringSquares(picture)) {
    found.push(...(await look(square)).map((box) => inPicture(box, square, picture)));
  }
  return nonMaxSuppression(found);
}

/** A box of a square, in fractions of the picture. */
function inPicture(box: FoundBox, square: SquareCrop, { width, height }: PictureSize): FoundBox {
  return {
    x: (square.x + box.x * square.side) / width,
    y: (square.y + box.y * square.side) / height,
    width: (box.width * square.side) / width,
    height: (box.height * square.side) / height,
    score: box.score,
  };
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
  const { inputSize: size } = extractor;
  const rgba = modelPixels(picture, size, square);
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
  const found = nonMaxSuppression(decoded);
  return mirrored ? found.map((box) => ({ ...box, x: 1 - box.x - box.width })) : found;
}
