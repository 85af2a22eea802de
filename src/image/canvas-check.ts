import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';

/** Width and height of the known square in pixels; each of its quarters has one colour. */
const SIDE = 64;
const COLOURS = ['#c83c28', '#28a05a', '#3250c8', '#e6d23c'];
/**
 * The largest mean difference of a colour value, of 255. JPEG makes 2, and a browser that flips the
 * lowest bit here and there, as Brave does, 0.01, which no model notices. Noise in place of the
 * picture, as with Firefox's resistFingerprinting, makes about 80.
 */
const MOST_DIFFERENCE = 16;

let checking: Promise<boolean> | undefined;

/**
 * Checks, once in this thread, that a canvas gives back what is drawn on it: a known square is drawn
 * and read, encoded, decoded and read again. Browsers that resist fingerprinting may give noise.
 *
 * @throws Problem `canvas`; then no picture may be stored
 */
export async function assertTrueCanvas(): Promise<void> {
  // If the check itself fails, assume that the canvas works: storing a photo reports the real error.
  checking ??= keepsPictures().catch(() => true);
  if (await checking) return;
  throw new Problem(
    'canvas',
    msg(
      'This browser puts noise into pictures, as a protection against fingerprinting. So no photo is stored here, and live answers are wrong. Allow this address to read canvas data in the browser’s settings, then reload.',
    ),
  );
}

async function keepsPictures(): Promise<boolean> {
  const drawn = newCanvas();
  const half = SIDE / 2;
  for (const [i, colour] of COLOURS.entries()) {
    drawn.fillStyle = colour;
    drawn.fillRect((i % 2) * half, Math.floor(i / 2) * half, half, half);
  }
  if (!isKnownSquare(drawn)) return false;
  const blob = await drawn.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  const picture = await createImageBitmap(blob);
  const decoded = newCanvas();
  decoded.drawImage(picture, 0, 0);
  picture.close();
  return isKnownSquare(decoded);
}

function newCanvas(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { alpha: false });
  if (!context) throw new Error('No 2D canvas');
  return context;
}

function isKnownSquare(context: OffscreenCanvasRenderingContext2D): boolean {
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const colours = COLOURS.map((colour) => parseInt(colour.slice(1), 16));
  let difference = 0;
  for (let i = 0; i < data.length; i++) {
    const channel = i % 4;
    if (channel === 3) continue;
    const pixel = (i - channel) / 4;
    const right = pixel % SIDE < SIDE / 2 ? 0 : 1;
    const lower = pixel < (SIDE * SIDE) / 2 ? 0 : 2;
    const known = (colours[right + lower]! >> (16 - 8 * channel)) & 255;
    difference += Math.abs(data[i]! - known);
  }
  return difference / (SIDE * SIDE * 3) < MOST_DIFFERENCE;
}
