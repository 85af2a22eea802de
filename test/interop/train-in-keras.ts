import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import type { EpochMetrics, Evaluation, FineTuningResult } from '../../src/records/model.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { expect } from '../browser/harness-test.ts';
import { addBase, choose, useBase } from '../browser/own-base.ts';
import { startEngine } from '../browser/start-engine.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { PYTHON, runPython } from './python.ts';

/** Side of pictures and input: nothing is scaled, so both programs read the same pixels. */
export const SIZE = 96;
export const CHECKS = 'scripts/interop/keras_checks.py';

/** What train_keras.py writes into report.json, as far as it is compared. */
export interface Report {
  readonly classes: readonly string[];
  readonly history: readonly EpochMetrics[];
  readonly fineTuning?: Omit<FineTuningResult, 'headModelId' | 'seconds'>;
  readonly temperature: number;
  readonly test: Evaluation;
  readonly replicas: number;
}

/** Photos for trying the app, where there are any; never part of the project. */
const PHOTOS = '../shared/photos/train';
export const HAS_PHOTOS = existsSync(PHOTOS);

/** Stores pets at the size of the input, by split: drawn ones, or photos, by name. */
export async function addPets(
  page: Page,
  counts: Readonly<Record<string, number>>,
  { photos = false } = {},
): Promise<void> {
  for (const kind of ['cat', 'dog'] satisfies PetKind[]) {
    const folder = join(PHOTOS, kind);
    const names = photos ? readdirSync(folder).sort() : [];
    let next = 0;
    for (const [split, count] of Object.entries(counts)) {
      const files = names.slice(next, (next += count)).map((name) => join(folder, name));
      const jpegs = await Promise.all(files.map((path) => readFile(path, 'base64')));
      await page.evaluate(storePets, { split, count, kind, jpegs, size: SIZE });
    }
  }
}

/** In the page: stores as many pets of a kind, those of JPEG files if there are any. */
async function storePets({
  split,
  count,
  kind,
  jpegs,
  size,
}: {
  split: string;
  count: number;
  kind: PetKind;
  jpegs: readonly string[];
  size: number;
}): Promise<void> {
  for (let i = 0; i < count; i++) {
    const canvas = new OffscreenCanvas(size, size);
    const jpeg = jpegs[i];
    if (jpeg === undefined) harness.drawPet(canvas, kind, 100 * split.length + i);
    else {
      const bytes = Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const side = Math.min(bitmap.width, bitmap.height);
      canvas.getContext('2d')!.drawImage(bitmap, 0, 0, side, side, 0, 0, size, size);
    }
    const images = await harness.encode.encodePhoto(canvas);
    await harness.photos.addPhoto({
      ...{ classId: kind, ...images, source: 'file' as const },
      split: split as 'train',
    });
  }
}

/** Exports the whole library as the page does, and unpacks it into a folder. */
export async function unpackDataSet(page: Page, folder: string): Promise<void> {
  const base64 = await page.evaluate(async () => {
    const ids = (await harness.photos.listPhotos()).map(({ id }) => id);
    const run = await harness.photoExportRun();
    await run.write('data-set', new Set(ids));
    if (run.state.kind !== 'written') throw new Error(JSON.stringify(run.state));
    return harness.base64Of(run.state.file);
  });
  const zip = new ZipReader(new Uint8ArrayReader(Buffer.from(base64, 'base64')));
  for (const entry of await zip.getEntries()) {
    const path = join(folder, entry.filename);
    await mkdir(entry.directory ? path : dirname(path), { recursive: true });
    if (!entry.directory) await writeFile(path, new Uint8Array(await entry.arrayBuffer()));
  }
}

/** Runs train_keras.py of a data set to its end. */
export function trainInKeras(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
    ...environment,
  };
  const child = spawn(PYTHON!, [join(folder, 'train_keras.py'), ...args], { env });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => printed.push(String(text)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(printed.join('')));
    });
  });
}

export async function reportOf(folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, 'result/report.json'), 'utf8')) as Report;
}

/** The page with a base of Keras, whose file is at the path that it gives; it is made once. */
export async function startOnKerasBase(page: Page): Promise<string> {
  const base = `build/interop-python/patches-${SIZE}.keras`;
  if (!existsSync(base)) {
    await runPython(CHECKS, ['base', `${base}.new.keras`, String(SIZE)]);
    await rename(`${base}.new.keras`, base);
  }
  await startEngine(page, TINY_BASES, 'wasm');
  await choose(page, [base]);
  const spec = await addBase(page, { name: 'Of Keras', mode: 'tf' });
  await useBase(page, spec);
  return base;
}

/** The features of photos as they are, as the app has stored them. */
export function storedFeatures(
  page: Page,
  ids: readonly string[],
  space: string,
): Promise<number[][]> {
  return page.evaluate(
    ({ ids, space }) =>
      harness.database.read(['features'], async (transaction) => {
        const store = transaction.objectStore('features');
        const rows = await Promise.all(ids.map((id) => store.get([space, id, 'plain'])));
        return rows.map((row) => [...new Float32Array(row!.values)]);
      }),
    { ids, space },
  );
}

/** An address on this machine at which nothing listens yet. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** Answers of a model, which must be the one in use, to the test photos of a data set. */
async function liveAnswers(
  page: Page,
  modelId: string,
  paths: readonly string[],
): Promise<number[][]> {
  const answers: number[][] = [];
  for (const path of paths) {
    const bytes = [...(await readFile(path))];
    const answer = await page.evaluate(async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      return harness.classify(bitmap);
    }, bytes);
    expect(answer.modelId).toBe(modelId);
    answers.push([...answer.probabilities]);
  }
  return answers;
}

/** Adds the model that Keras wrote, and compares its answers in Live with those of Keras. */
export async function expectItComesBack(page: Page, folder: string, file: string): Promise<void> {
  await choose(page, [join(folder, 'result', file), join(folder, 'result/labels.txt')]);
  const found = await page.evaluate(() => harness.inspectBase());
  expect(found.classifier).toMatchObject({ classes: 2, labels: ['Cat', 'Dog'] });
  const { mode } = found;
  const model = await page.evaluate(
    ({ mode, bases }) => harness.addModel({ name: 'Back', mode }, ['Cat', 'Dog'], bases),
    { mode, bases: TINY_BASES },
  );
  await expect.poll(() => page.evaluate(() => harness.status().model?.id)).toBe(model.id);
  const folders = ['Cat', 'Dog'].map((name) => join(folder, 'test', name));
  const files = folders.flatMap((path) => readdirSync(path).map((name) => join(path, name)));
  const saved = join(folder, 'result', file);
  const keras = await runPython<number[][]>(CHECKS, ['predict', saved, ...files]);
  const live = await liveAnswers(page, model.id, files);
  expectClose(live.flat(), keras.flat(), 1e-3);
}

export function expectClose(a: readonly number[], b: readonly number[], tolerance: number): void {
  expect(a).toHaveLength(b.length);
  const differences = a.map((value, i) => Math.abs(value - b[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

export function expectSameCurve(
  ours: readonly EpochMetrics[],
  keras: readonly EpochMetrics[],
): void {
  expect(keras).toHaveLength(ours.length);
  ours.forEach((epoch, i) => {
    for (const [name, value] of Object.entries(epoch) as [keyof EpochMetrics, number][]) {
      expect(Math.abs(keras[i]![name]! - value), `${name} of epoch ${i + 1}`).toBeLessThan(0.01);
    }
  });
}
