import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../scripts/run-command.ts';
import type { Split } from '../src/records/photo.ts';
import { openHarness } from '../test/harness/open-harness.ts';
import { importAll, photoFiles } from './import-photos.ts';

export const CLASSES = ['cat', 'dog'] as const;

/** A photo as a base receives it. */
export interface PhotoPixels {
  readonly split: Split;
  /** 0: cat, 1: dog. */
  readonly label: number;
  /** RGBA, `[size, size, 4]`, 0 to 255. */
  readonly rgba: Uint8ClampedArray;
}

/** Bytes before the pixels of a photo: its split and its label. */
const HEADER = 2;

/**
 * The pixels of photos that the app imported and drew, or what an earlier call has written. Sorted by
 * split, label and name.
 *
 * @param photos has the folders train and test, with cat and dog in each
 * @param size side in pixels
 * @param cache each photo's split (0 train, 1 test), label and pixels
 */
export async function readPixels(
  photos: string,
  size: number,
  cache: string | undefined,
): Promise<PhotoPixels[]> {
  const kept = cache === undefined ? undefined : await readFile(cache).catch(() => undefined);
  const bytes = kept ?? (await importedPixels(photos, size));
  if (!kept && cache !== undefined) await writeFile(cache, bytes);
  const length = HEADER + 4 * size * size;
  return Array.from({ length: bytes.length / length }, (_, row) => {
    const [split, label] = bytes.subarray(row * length);
    const from = row * length + HEADER;
    return {
      split: split === 0 ? 'train' : 'test',
      label: label!,
      rgba: new Uint8ClampedArray(bytes.subarray(from, (row + 1) * length)),
    };
  });
}

async function importedPixels(photos: string, size: number): Promise<Buffer> {
  await run('npm', ['run', 'build:harness']);
  const harness = await openHarness();
  const { page } = harness;
  try {
    const rows: Buffer[] = [];
    for (const [index, split] of (['train', 'test'] as const).entries()) {
      for (const [label, name] of CLASSES.entries()) {
        // By name, as two files of one picture are stored once.
        for (const file of await photoFiles(join(photos, split, name))) {
          const before = new Set(await page.evaluate(storedIds));
          await importAll(harness, [file], name, split);
          const [id] = (await page.evaluate(storedIds)).filter((each) => !before.has(each));
          if (id === undefined) continue;
          const text = await page.evaluate(([id, size]) => globalThis.harness.pixels(id, size), [
            id,
            size,
          ] as const);
          rows.push(Buffer.from([index, label]), Buffer.from(text, 'base64'));
        }
      }
    }
    return Buffer.concat(rows);
  } finally {
    await harness.close();
  }
}

/** Runs in the page. */
async function storedIds(): Promise<string[]> {
  return (await globalThis.harness.photos.listPhotos()).map(({ id }) => id);
}
