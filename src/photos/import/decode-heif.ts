import { withPicture } from '../../image/frame-canvas.ts';
import type { PictureSize } from '../../image/adjust-square.ts';
import { heifPicture } from './headers/heif-picture.ts';
import { turnedUpright } from './upright.ts';

/**
 * Decodes a HEIF picture with the device's video decoder, tile by tile, so that a large one is never
 * whole in memory.
 *
 * @param size of the picture according to its header: what was checked against the limits
 * @param leastSide least width and height of the result in pixels, unless the picture has less
 * @returns undefined if this browser has no decoder for it, or if the file is damaged
 * @throws DOMException if a tile is damaged
 */
export async function decodeHeif(
  bytes: Uint8Array,
  size: PictureSize,
  leastSide: number,
): Promise<ImageBitmap | undefined> {
  const picture = heifPicture(bytes);
  if (picture?.width !== size.width || picture.height !== size.height) return undefined;
  if (typeof VideoDecoder !== 'function') return undefined;
  const { codec, description, width, height, tile, tiles, turns } = picture;
  const config: VideoDecoderConfig = {
    codec,
    codedWidth: tile.width,
    codedHeight: tile.height,
    ...(description && { description }),
  };
  const { supported } = await VideoDecoder.isConfigSupported(config);
  if (!supported) return undefined;
  const scale = Math.min(1, leastSide / Math.min(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingQuality = 'high';
  const draw = (frame: VideoFrame) => {
    const { x, y } = tiles[frame.timestamp]!;
    // Edges on whole pixels, so that no seam is seen between two tiles.
    const [left, right] = [Math.round(x * scale), Math.round((x + tile.width) * scale)];
    const [top, bottom] = [Math.round(y * scale), Math.round((y + tile.height) * scale)];
    return withPicture(frame, (picture) => {
      context.drawImage(picture, left, top, right - left, bottom - top);
    });
  };
  let failure: unknown;
  let drawn = 0;
  let drawing: Promise<void> | undefined;
  const decoder = new VideoDecoder({
    output: (frame) => {
      drawing = draw(frame);
    },
    error: (thrown) => (failure = thrown),
  });
  try {
    decoder.configure(config);
    for (const [timestamp, { data }] of tiles.entries()) {
      decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp, data }));
      // One tile at a time: a decoder has only few frames.
      await decoder.flush();
      if (!drawing) break;
      await drawing;
      drawing = undefined;
      drawn++;
    }
  } catch (thrown) {
    throw failure ?? thrown;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (drawn < tiles.length) throw new DOMException('A tile is missing', 'EncodingError');
  return turns.reduce(turnedUpright, canvas.transferToImageBitmap());
}
