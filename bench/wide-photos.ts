import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HarnessPage } from '../test/harness/open-harness.ts';

/** Width and height of a wide photo in pixels. */
const SIZE = { width: 864, height: 486 };

/**
 * Height of the photo that is put on it, in heights of the wide one: an animal takes 0.7 of its photo
 * at the median, so it then takes a third.
 */
const SHRUNK = 0.45;

/** Reads the photos that wide ones are drawn on; call it once for a page. */
export async function loadBackgrounds({ page }: HarnessPage, folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = names.filter((name) => /\.jpe?g$/i.test(name)).sort();
  if (files.length === 0) throw new Error(`No photos in ${folder}`);
  await page.setInputFiles(
    'input',
    files.map((name) => join(folder, name)),
  );
  await page.evaluate(async () => {
    const { files } = document.querySelector('input')!;
    const backgrounds = await Promise.all(Array.from(files!, (file) => createImageBitmap(file)));
    Object.assign(globalThis, { backgrounds });
  });
}

/** Options of `widened`. */
type Widen = { width: number; height: number; shrunk: number };

export const WIDEN: Widen = { ...SIZE, shrunk: SHRUNK };

/**
 * Runs in the page: draws each file of the input, small and far from the middle, on a photo of
 * something else. The same file always gets the same place.
 */
export async function widened({ width, height, shrunk }: Widen): Promise<File[]> {
  const { backgrounds } = globalThis as unknown as { backgrounds: ImageBitmap[] };
  const wide: File[] = [];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  for (const file of document.querySelector('input')!.files!) {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const [ground = 0, side = 0, across = 0, down = 0] = new Uint8Array(digest);
    const background = backgrounds[ground % backgrounds.length]!;
    const cover = Math.max(width / background.width, height / background.height);
    context.drawImage(background, 0, 0, background.width * cover, background.height * cover);
    const photo = await createImageBitmap(file);
    const scale = Math.min((shrunk * height) / photo.height, (0.5 * width) / photo.width);
    const [w, h] = [photo.width * scale, photo.height * scale];
    // Three quarters of it or more are outside the centre square.
    const margin = (width - height) / 2;
    const x = Math.max(0, margin - w / 4) * (across / 255);
    context.drawImage(photo, side < 128 ? x : width - w - x, (height - h) * (down / 255), w, h);
    photo.close();
    const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    wide.push(new File([jpeg], file.name, { type: 'image/jpeg' }));
  }
  return wide;
}
