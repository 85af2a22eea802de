import type { Page } from '@playwright/test';
import { drawPetSource } from '../test/fixtures/camera-file.ts';
import type { drawPet } from '../test/fixtures/drawn-pets.ts';

/** Width and height in pixels, and how many different pictures are drawn. */
export interface InputKind {
  readonly width: number;
  readonly height: number;
  readonly drawn: number;
}

/** A photo of a phone. */
export const TWELVE_MEGAPIXELS: InputKind = { width: 4032, height: 3024, drawn: 12 };
/** A photo of a public data set. */
export const SMALL: InputKind = { width: 500, height: 375, drawn: 80 };

/** The cache in which the drawn pictures wait, outside the memory of the page. */
const CACHE = 'bench-import';

/** Draws the pictures, and keeps them in Cache Storage of the origin of the page. */
export async function drawInputs(page: Page, kind: InputKind): Promise<void> {
  await page.evaluate(`globalThis.drawPet = ${drawPetSource()}`);
  await page.evaluate(keepDrawn, { ...kind, cacheName: CACHE });
}

/** Runs in the page. */
async function keepDrawn({
  width,
  height,
  drawn,
  cacheName,
}: InputKind & { cacheName: string }): Promise<void> {
  const { drawPet: draw } = globalThis as unknown as { drawPet: typeof drawPet };
  const cache = await caches.open(cacheName);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const grain = new OffscreenCanvas(256, 256);
  const grainContext = grain.getContext('2d')!;
  const noise = grainContext.createImageData(256, 256);
  for (let i = 0; i < noise.data.length; i++) {
    noise.data[i] = i % 4 === 3 ? 40 : Math.random() * 256;
  }
  grainContext.putImageData(noise, 0, 0);
  for (let seed = 0; seed < drawn; seed++) {
    context.reset();
    draw(canvas, seed % 2 === 0 ? 'cat' : 'dog', seed + 1);
    context.fillStyle = context.createPattern(grain, 'repeat')!;
    context.fillRect(0, 0, width, height);
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    await cache.put(`/${width}/${seed}`, new Response(jpeg));
  }
}

/**
 * Puts photos into `globalThis.benchFiles` of the page. Each is another picture for the app: it has
 * one of the drawn ones, turned or mirrored by EXIF, with another quantization table. They share the
 * bytes of the drawn pictures, which are outside the memory of the page.
 */
export async function makeFiles(page: Page, kind: InputKind, photos: number): Promise<void> {
  await page.evaluate(composeFiles, { ...kind, photos, cacheName: CACHE });
}

/** Runs in the page. */
async function composeFiles({
  width,
  drawn,
  photos,
  cacheName,
}: InputKind & { photos: number; cacheName: string }): Promise<void> {
  const cache = await caches.open(cacheName);
  const originals: { blob: Blob; head: Uint8Array<ArrayBuffer>; table: number }[] = [];
  for (let seed = 0; seed < drawn; seed++) {
    const response = await cache.match(`/${width}/${seed}`);
    const blob = await response!.blob();
    const head = new Uint8Array(await blob.slice(0, 4096).arrayBuffer());
    // The first quantization table: a marker, a length, an index, and 64 steps (ITU T.81, B.2.4.1).
    let segment = 2;
    while (head[segment + 1] !== 0xdb) segment += 2 + 256 * head[segment + 2]! + head[segment + 3]!;
    originals.push({ blob, head, table: segment + 5 });
  }
  const files: File[] = [];
  for (let i = 0; i < photos; i++) {
    const { blob, head, table } = originals[i % drawn]!;
    const orientation = 1 + (Math.floor(i / drawn) % 8);
    const variant = Math.floor(i / (8 * drawn));
    const changed = head.slice();
    // Only the lowest frequencies count where a large JPEG is decoded at a reduced size.
    changed[table + 1 + (variant % 2)]! += 1 + Math.floor(variant / 2);
    // An APP1 segment of one entry: the orientation (CIPA DC-008, 4.5.4 and 4.6.4).
    const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
    const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0, 0, 0];
    const app1 = Uint8Array.of(0xff, 0xe1, 0, exif.length + 2, ...exif);
    files.push(
      new File([changed.slice(0, 2), app1, changed.slice(2), blob.slice(4096)], `${i}.jpg`, {
        type: 'image/jpeg',
      }),
    );
  }
  Object.assign(globalThis, { benchFiles: files });
}
