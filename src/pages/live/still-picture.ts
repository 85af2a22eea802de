import { drawSquare, pictureSize, type Picture } from '../../image/draw-square.ts';
import { PHOTO_SIZE } from '../../image/encode.ts';

/** A picture that stays in the camera's place. */
export interface StillPicture {
  /** A frame of the camera, or a photo that came from elsewhere. */
  readonly kind: 'frozen' | 'photo';
  /** The whole of it, for the screen. */
  readonly shown: OffscreenCanvas;
  /** What the model is asked about and what would be stored, as of any photo that is imported. */
  readonly square: OffscreenCanvas;
  /** Shown as a mirror shows it, as the camera was. */
  readonly mirrored: boolean;
}

/** Longest side of what is shown, in pixels: a photo's 40 million would take 160 MB. */
const SHOWN_SIDE = 1600;

/** @param picture stays the caller's; nothing of it is kept */
export function stillOf(
  picture: Picture,
  kind: StillPicture['kind'],
  mirrored = false,
): StillPicture {
  const { width, height } = pictureSize(picture);
  const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height));
  const shown = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = shown.getContext('2d', { alpha: false });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, shown.width, shown.height);
  const square = drawSquare(picture, Math.min(PHOTO_SIZE, width, height));
  return { kind, shown, square, mirrored };
}
