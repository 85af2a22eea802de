import { crc32 } from './archive/crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Encodes a square picture as a PNG of 8-bit RGB, without any metadata. Unlike a canvas, it keeps
 * every value in every browser: some add noise to what a canvas gives.
 * Format: https://www.w3.org/TR/png-3/
 *
 * @param pixels RGB, `[size, size, 3]`
 */
export async function encodePng(
  pixels: Uint8Array,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  // 8 bits a sample, RGB.
  header.set([8, 2], 8);
  // Each row begins with its filter: none.
  const rows = new Uint8Array(size * (3 * size + 1));
  for (let y = 0; y < size; y++) {
    rows.set(pixels.subarray(y * size * 3, (y + 1) * size * 3), y * (3 * size + 1) + 1);
  }
  const stream = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'));
  const compressed = new Uint8Array(await new Response(stream).arrayBuffer());
  const parts = [chunk('IHDR', header), chunk('IDAT', compressed), chunk('IEND', new Uint8Array())];
  return new Uint8Array([...SIGNATURE, ...parts.flatMap((part) => [...part])]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
