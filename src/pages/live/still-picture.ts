import { drawGround, drawSquare, type Picture } from '../../image/draw-square.ts';
import { PHOTO_SIZE } from '../../image/encode.ts';

/** A still picture, shown instead of the camera picture. */
export interface StillPicture {
  /** A frozen camera frame, or a photo from a file. */
  readonly kind: 'frozen' | 'photo';
  /** The whole picture, for display. */
  readonly shown: OffscreenCanvas;
  /** The square that is classified and saved, cropped as for an imported photo. */
  readonly square: OffscreenCanvas;
  /** Whether it is displayed mirrored, as the camera picture was. */
  readonly mirrored: boolean;
}

/** Maximum side of `shown` in pixels: a whole photo of 40 million pixels would take 160 MB. */
const SHOWN_SIDE = 1600;

/**
 * Copies a picture for display and for classification.
 *
 * @param picture not closed and not retained
 * @throws Error if there is no 2D canvas context
 */
export function stillOf(
  picture: Picture,
  kind: StillPicture['kind'],
  mirrored = false,
): StillPicture {
  const { width, height } = picture;
  const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height));
  const shown = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = shown.getContext('2d', { alpha: false });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingQuality = 'high';
  drawGround(context, shown.width, shown.height);
  context.drawImage(picture, 0, 0, shown.width, shown.height);
  const square = drawSquare(picture, Math.min(PHOTO_SIZE, width, height));
  return { kind, shown, square, mirrored };
}

/** Whether a dropped or pasted file may be a photo: archives and folders are not asked about. */
export function isPhoto({ name, type }: File): boolean {
  // Systems do not know the type of every picture.
  return type.startsWith('image/') || /\.(jpe?g|png|webp|hei[cf]|avif|gif|bmp)$/i.test(name);
}
