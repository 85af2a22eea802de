/** Rows and columns of the samples. */
const ROWS = 128;
const COLUMNS = 32;
/** Decoders fill what they did not receive with the middle of the range. */
const FILL = 128;

/**
 * The part of a picture that was not received, 0 to 1: its lowest rows in the gray that JPEG
 * decoders show for it.
 */
export function missingPart(picture: ImageBitmap): number {
  const canvas = new OffscreenCanvas(COLUMNS, ROWS);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, COLUMNS, ROWS);
  return missingRows(context.getImageData(0, 0, COLUMNS, ROWS).data, COLUMNS) / ROWS;
}

/**
 * The number of rows at the end that consist of that gray, as it is after a conversion of colours.
 *
 * @param pixels RGBA
 */
export function missingRows(pixels: Uint8ClampedArray, columns: number): number {
  let last = pixels.length / 4 - 1;
  const isFill = (channel: number) => Math.abs(pixels[4 * last + channel]! - FILL) <= 1;
  while (last >= 0 && isFill(0) && isFill(1) && isFill(2)) last--;
  const rows = pixels.length / (4 * columns);
  return rows - Math.ceil((last + 1) / columns);
}
