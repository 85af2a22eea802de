import type { PictureSize } from '../../image/adjust-square.ts';
import type { ImageHeader } from './image-header.ts';
import { reducedSize } from './reduced-size.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Decodes a picture. A large JPEG is decoded at a reduced size: with ImageDecoder, a JPEG of 200
 * megapixels takes 50 MB on Chromium; with `createImageBitmap`, 1,000 MB.
 *
 * @param leastSide least width and height of the result in pixels, unless the picture has less
 * @throws DOMException if the browser cannot decode it
 */
export async function decodePicture(
  bytes: Bytes,
  header: ImageHeader,
  leastSide: number,
): Promise<ImageBitmap> {
  const type = `image/${header.format}`;
  const size = header.format === 'jpeg' ? reducedSize(header, leastSide) : undefined;
  if (size && typeof ImageDecoder === 'function') {
    try {
      return await decodeReduced(bytes, type, size);
    } catch {
      // Browsers that decode the picture only in the other way are slower, no more.
    }
  }
  const resize = size && {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high' as const,
  };
  const blob = new Blob([bytes], { type });
  return createImageBitmap(blob, { imageOrientation: 'from-image', ...resize });
}

async function decodeReduced(bytes: Bytes, type: string, size: PictureSize): Promise<ImageBitmap> {
  const decoder = new ImageDecoder({
    type,
    data: bytes,
    desiredWidth: size.width,
    desiredHeight: size.height,
    preferAnimation: false,
  });
  let frame: VideoFrame | undefined;
  try {
    frame = (await decoder.decode()).image;
    // To draw the frame itself takes more memory: see FrameCanvas.
    return await createImageBitmap(frame);
  } finally {
    frame?.close();
    decoder.close();
  }
}
