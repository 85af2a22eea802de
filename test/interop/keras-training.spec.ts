import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import type { Page } from '@playwright/test';
import type { EpochMetrics, Evaluation, FineTuningResult } from '../../src/records/model.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { expect, test } from '../browser/harness-test.ts';
import { addBase, choose, useBase } from '../browser/own-base.ts';
import { startEngine } from '../browser/start-engine.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { IS_LIMITED, NO_TIME, PYTHON, runPython, WITHOUT_PYTHON } from './python.ts';

test.skip(PYTHON === undefined, WITHOUT_PYTHON);
test.skip(IS_LIMITED, NO_TIME);

/** Side of pictures and input: nothing is scaled, so both programs read the same pixels. */
const SIZE = 96;
const CHECKS = 'scripts/interop/keras_checks.py';

/** What train_keras.py writes into report.json, as far as it is compared. */
interface Report {
  readonly classes: readonly string[];
  readonly history: readonly EpochMetrics[];
  readonly fineTuning?: Omit<FineTuningResult, 'headModelId' | 'seconds'>;
  readonly temperature: number;
  readonly test: Evaluation;
  readonly replicas: number;
}

/** Stores drawn pets at the size of the input, by side of the split. */
async function addPets(page: Page, counts: Readonly<Record<string, number>>): Promise<void> {
  for (const [split, count] of Object.entries(counts)) {
    for (const kind of ['cat', 'dog'] satisfies PetKind[]) {
      await page.evaluate(
        async ({ split, count, kind, size }) => {
          for (let i = 0; i < count; i++) {
            const canvas = new OffscreenCanvas(size, size);
            harness.drawPet(canvas, kind, 100 * split.length + i);
            const images = await harness.encode.encodePhoto(canvas);
            await harness.photos.addPhoto({
              ...{ classId: kind, ...images, source: 'file' as const },
              split: split as 'train',
            });
          }
        },
        { split, count, kind, size: SIZE },
      );
    }
  }
}

/** Exports the whole library as the page does, and unpacks it into a folder. */
async function unpackDataSet(page: Page, folder: string): Promise<void> {
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
function trainInKeras(
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

async function reportOf(folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, 'result/report.json'), 'utf8')) as Report;
}

/** The page with a base of Keras, whose file is at the path that it gives; it is made once. */
async function startOnKerasBase(page: Page): Promise<string> {
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
function storedFeatures(page: Page, ids: readonly string[], space: string): Promise<number[][]> {
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
async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** Answers of the model that is in use to the test photos of a data set. */
async function liveAnswers(page: Page, paths: readonly string[]): Promise<number[][]> {
  const answers: number[][] = [];
  for (const path of paths) {
    const bytes = [...(await readFile(path))];
    answers.push(
      await page.evaluate(async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        return [...(await harness.classify(bitmap)).probabilities];
      }, bytes),
    );
  }
  return answers;
}

/** Adds the model that Keras wrote, and compares its answers in Live with those of Keras. */
async function expectItComesBack(page: Page, folder: string, file: string): Promise<void> {
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
  const live = await liveAnswers(page, files);
  expectClose(live.flat(), keras.flat(), 1e-3);
}

function expectClose(a: readonly number[], b: readonly number[], tolerance: number): void {
  expect(a).toHaveLength(b.length);
  const differences = a.map((value, i) => Math.abs(value - b[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

function expectSameCurve(ours: readonly EpochMetrics[], keras: readonly EpochMetrics[]): void {
  expect(keras).toHaveLength(ours.length);
  ours.forEach((epoch, i) => {
    for (const [name, value] of Object.entries(epoch) as [keyof EpochMetrics, number][]) {
      expect(Math.abs(keras[i]![name]! - value), `${name} of epoch ${i + 1}`).toBeLessThan(0.01);
    }
  });
}

test('Tutorial: features and curve of train_keras.py are the app’s, and its model answers in Live', async ({
  page,
}, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  await addPets(page, { train: 30, validation: 8, test: 8 });
  const model = await page.evaluate(() =>
    harness.train({ preset: 'tutorial', seed: 5, fineTuning: false }),
  );
  await unpackDataSet(page, folder);

  const args = ['--base', base, '--size', String(SIZE), '--seed', '5', '--exact'];
  await trainInKeras(folder, [...args, '--no-fine-tune']);
  const report = await reportOf(folder);
  expect(report.classes).toEqual(['Cat', 'Dog']);
  expect(model.history).toHaveLength(10);
  expectSameCurve(model.history, report.history);
  expect(report.temperature).toBeCloseTo(model.temperature, 2);
  expect(report.test.loss).toBeCloseTo(model.test!.loss, 2);

  const check = ['features', folder, base, String(SIZE)];
  const keras = await runPython<Record<string, number[]>>(CHECKS, check);
  const ids = Object.keys(keras);
  expect(ids).toHaveLength(16);
  const ours = await storedFeatures(page, ids, model.base.featureSpaceId);
  ids.forEach((id, i) => {
    expectClose(ours[i]!, keras[id]!, 1e-3);
  });

  await expectItComesBack(page, folder, 'model.keras');
});

test('fine-tuning: train_keras.py trains as many numbers as the app, and the same ones after a step', async ({
  page,
}, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  // Without validation photos, the tuned weights are kept whatever they are.
  await addPets(page, { train: 8, test: 2 });
  const model = await page.evaluate(() =>
    harness.train({
      ...{ preset: 'tutorial', seed: 6, hyperparameters: { epochs: 1 } },
      fineTuning: { epochs: 1, learningRate: 1e-3 },
    }),
  );
  const { options, trainableParameters, history } = model.fineTuning!;
  const weights = await page.evaluate(async (id) => {
    const record = (await harness.models.getModel(id))!;
    const bytes = await harness.models.loadWeights(record);
    return record.weights
      .filter(({ name }) => name !== 'novelty')
      .map(
        ({ name }) =>
          [name, [...new Float32Array(harness.models.weightOf(record, bytes, name)!)]] as const,
      );
  }, model.id);
  await unpackDataSet(page, folder);
  await trainInKeras(folder, [
    ...['--base', base, '--size', String(SIZE), '--seed', '6', '--exact', '--epochs', '1'],
    ...['--fine-tune-epochs', '1', '--fine-tune-learning-rate', '1e-3'],
  ]);
  const { fineTuning, temperature } = await reportOf(folder);
  expect(fineTuning!.trainableParameters).toBe(trainableParameters);
  expect(fineTuning!.options).toMatchObject({ ...options });
  expectSameCurve(history, fineTuning!.history);

  const saved = join(folder, 'result/model.keras');
  const keras = await runPython<Record<string, number[]>>(CHECKS, ['weights', saved]);
  expect(temperature).toBe(1);
  expect(weights.length).toBeGreaterThan(20);
  for (const [name, values] of weights) {
    // Keras 3 calls the kernel of a depthwise convolution what it calls all others.
    const inKeras = name
      .replace(/^dense\//, 'predictions/')
      .replace('/depthwise_kernel', '/kernel');
    const other = keras[inKeras];
    expect(other, name).toBeDefined();
    expectClose(values, other!, 1e-4);
  }
});

test('two workers train one model, which comes back', async ({ page }, testInfo) => {
  test.setTimeout(10 * 60_000);
  const folder = testInfo.outputPath('data');
  await mkdir(folder, { recursive: true });
  const base = await startOnKerasBase(page);
  await addPets(page, { train: 6, validation: 2, test: 2 });
  await unpackDataSet(page, folder);

  const args = ['--base', base, '--size', String(SIZE), '--seed', '7', '--exact'];
  const worker = await Promise.all([freeAddress(), freeAddress()]);
  await Promise.all(
    worker.map((_, index) => {
      const config = { cluster: { worker }, task: { type: 'worker', index } };
      const environment = { TF_CONFIG: JSON.stringify(config) };
      return trainInKeras(folder, [...args, '--preset', 'quick', '--epochs', '3'], environment);
    }),
  );
  const report = await reportOf(folder);
  expect(report.replicas).toBe(2);
  expect(report.history).toHaveLength(3);
  await expectItComesBack(page, folder, 'model.h5');
});
