import { drawSquare, type Picture } from '../image/draw-square.ts';

/** Side in pixels at which a picture is read: as many as the camera gives. */
const MOST_SIDE = 720;
/** Milliseconds for what a reader tries when the plain way fails; the next frame comes soon. */
const RETRY_MS = 12;

/** The platform's reader (Shape Detection API); TypeScript's DOM types do not have it. */
interface PlatformReader {
  detect(image: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface PlatformReaders {
  new (options: { formats: readonly string[] }): PlatformReader;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Returns the text of the QR code in the centre square of a picture; undefined if it sees none. */
export type ReadQrCode = (picture: Picture) => Promise<string | undefined>;

/**
 * A reader of QR codes: the platform's where there is one that works, otherwise that of the package
 * `qr`, which is loaded now. A phone may have the platform's reader by name only, until its first
 * picture fails.
 */
export async function qrCodeReader(
  readers = (globalThis as { BarcodeDetector?: PlatformReaders }).BarcodeDetector,
): Promise<ReadQrCode> {
  let platform = await platformReader(readers);
  let own = platform ? undefined : await ownReader();
  let canvas: OffscreenCanvas | undefined;
  return async (picture) => {
    const side = Math.min(picture.width, picture.height, MOST_SIDE);
    if (canvas?.width !== side) canvas = new OffscreenCanvas(side, side);
    drawSquare(picture, side, undefined, canvas);
    if (platform) {
      try {
        return (await platform.detect(canvas))[0]?.rawValue;
      } catch (thrown) {
        console.warn('The QR reader of this platform does not work.', thrown);
        platform = undefined;
      }
    }
    own ??= await ownReader();
    return own(canvas);
  };
}

async function platformReader(
  readers: PlatformReaders | undefined,
): Promise<PlatformReader | undefined> {
  try {
    const formats = (await readers?.getSupportedFormats()) ?? [];
    return readers && formats.includes('qr_code')
      ? new readers({ formats: ['qr_code'] })
      : undefined;
  } catch {
    return undefined;
  }
}

async function ownReader(): Promise<(canvas: OffscreenCanvas) => string | undefined> {
  const { decodeQR } = await import('qr/decode.js');
  return (canvas) => {
    const { width, height } = canvas;
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new Error('No 2D canvas');
    try {
      return decodeQR(context.getImageData(0, 0, width, height), { timeLimit: RETRY_MS });
    } catch {
      // It throws when there is no code in the picture.
      return undefined;
    }
  };
}
