import { drawSquare, type Picture } from './draw-square.ts';
import { perceptualHash } from './perceptual-hash.ts';
import type { SquareCrop } from './square.ts';

/** A compressed picture, as it is stored. */
export interface EncodedImage {
  readonly bytes: ArrayBuffer;
  readonly type: 'image/jpeg';
  /** Width and height in pixels; stored pictures are square. */
  readonly size: number;
}

/** Width and height of a photo: more than a 224 px model input rotated by 45 degrees needs. */
export const PHOTO_SIZE = 512;
/**
 * Width and height of a thumbnail: a third of a 390 px wide screen at a device pixel ratio of 2.
 */
export const THUMBNAIL_SIZE = 256;

const PHOTO_QUALITY = 0.92;
const THUMBNAIL_QUALITY = 0.8;

export interface EncodedPhoto {
  readonly image: EncodedImage;
  readonly thumbnail: EncodedImage;
  /** See `perceptualHash`. */
  readonly hashBands: readonly number[];
}

/**
 * Encodes a picture as a photo with its thumbnail. Canvas encoding writes no EXIF data, so neither
 * contains a location or a date. A picture smaller than PHOTO_SIZE is not enlarged.
 *
 * @param crop the part of the picture to use; the centre square by default
 * @throws Problem `canvas` where the browser gives noise in place of the picture
 */
export async function encodePhoto(picture: Picture, crop?: SquareCrop): Promise<EncodedPhoto> {
  const check = await import('./canvas-check.ts').catch(() => undefined);
  await check?.assertTrueCanvas();
  const side = crop?.side ?? Math.min(picture.width, picture.height);
  const square = drawSquare(picture, Math.min(PHOTO_SIZE, side), crop);
  const [image, thumbnail] = await Promise.all([
    encodeJpeg(square),
    encodeJpeg(drawSquare(square, Math.min(THUMBNAIL_SIZE, side)), THUMBNAIL_QUALITY),
  ]);
  return { image, thumbnail, hashBands: perceptualHash(square) };
}

/** @param quality 0 to 1; that of photos by default */
export async function encodeJpeg(
  canvas: OffscreenCanvas,
  quality = PHOTO_QUALITY,
): Promise<EncodedImage> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return { bytes: await blob.arrayBuffer(), type: 'image/jpeg', size: canvas.width };
}
