import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../scripts/run-command.ts';
import type { Split } from '../src/records/photo.ts';
import { openHarness, type HarnessPage } from '../test/harness/open-harness.ts';
import { importAll, photoFiles } from './import-photos.ts';
import type { Example } from './prior-head.ts';

const CLASSES = ['cat', 'dog'] as const;

/** Two known logits and two feature vectors of each photo, after its split and its label. */
const HEADER = 4;

interface Examples {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
}

/**
 * Imports photos and reads what the app computes of them, or reads it from a file that an earlier
 * call has written.
 *
 * @param photos has the folders train and test, with cat and dog in each
 * @param cache float32: split (0 train, 1 test), label, known logit of the photo and of its mirror
 *   image, then the features of both
 */
export async function readExamples(
  photos: string,
  size: number,
  cache: string | undefined,
): Promise<Examples> {
  const kept = cache === undefined ? undefined : await readFile(cache).catch(() => undefined);
  if (kept) return examplesOf(kept.buffer.slice(kept.byteOffset, kept.byteOffset + kept.length));
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const harness = await openHarness();
  const rows = await importedRows(harness, photos, size);
  await harness.close();
  const bytes = await new Blob(rows).arrayBuffer();
  if (cache !== undefined) await writeFile(cache, new Uint8Array(bytes));
  return examplesOf(bytes);
}

function examplesOf(bytes: ArrayBufferLike): Examples {
  const values = new Float32Array(bytes);
  const splits: [Example[], Example[]] = [[], []];
  const length = HEADER + 2 * FEATURE_LENGTH;
  for (let at = 0; at < values.length; at += length) {
    const [split, label, ...known] = values.subarray(at, at + HEADER);
    const features = [0, 1].map((variant) => {
      const from = at + HEADER + variant * FEATURE_LENGTH;
      return values.subarray(from, from + FEATURE_LENGTH);
    });
    splits[split as 0 | 1].push({
      label: label!,
      features: features[0]!.map((value, i) => (value + features[1]![i]!) / 2),
      known: (known[0]! + known[1]!) / 2,
    });
  }
  const [train, test] = splits;
  return { train, test };
}

/** Of `openimages`. */
const FEATURE_LENGTH = 1280;

async function importedRows(
  harness: HarnessPage,
  photos: string,
  size: number,
): Promise<Float32Array<ArrayBuffer>[]> {
  const { page } = harness;
  await page.evaluate(async (size) => {
    await globalThis.harness.settings.saveSettings({ inputSize: size });
    await globalThis.harness.startEngine('bases/', 'wasm');
  }, size);
  const splits: readonly Split[] = ['train', 'test'];
  for (const split of splits) {
    for (const name of CLASSES) {
      await importAll(harness, await photoFiles(join(photos, split, name)), name, split);
    }
  }
  // Predictions wait for the features.
  await page.evaluate(() => globalThis.harness.predictLibrary());
  const ids = await page.evaluate(async () =>
    (await globalThis.harness.photos.listPhotos()).map(({ id }) => id).reverse(),
  );
  const rows: Float32Array<ArrayBuffer>[] = [];
  for (const id of ids) rows.push(Float32Array.from(await page.evaluate(rowOf, id)));
  return rows;
}

/** The row of a photo; runs in the page. */
async function rowOf(id: string): Promise<number[]> {
  const { database, photos, status } = globalThis.harness;
  const { knows } = status().info!.base;
  const [cat, dog] = ['cat', 'dog'].map((name) =>
    knows!.classes.findIndex(({ id }) => id === name),
  );
  const { split, classId } = (await photos.listPhotos()).find((photo) => photo.id === id)!;
  const all = await database.read(['features'], (transaction) =>
    transaction.objectStore('features').index('byPhoto').getAll(id),
  );
  const [plain, flip, ...known] = ['plain', 'flip', 'known plain', 'known flip'].map((variant) =>
    Array.from(new Float32Array(all.find((row) => row.variant === variant)!.values)),
  );
  const logits = known.map((row) => row[dog!]! - row[cat!]!);
  return [split === 'test' ? 1 : 0, classId === 'dog' ? 1 : 0, ...logits, ...plain!, ...flip!];
}
