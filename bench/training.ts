import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import type { BackendName } from '../src/records/engine.ts';
import { openHarness, type HarnessPage } from '../test/harness/open-harness.ts';
import { importAll, photoFiles } from './import-photos.ts';

const USAGE = `npm run bench -- training [--photos DIR] [--backend wasm] [--gradients webgl] [--steps 3] [--json FILE]`;

const SPLITS = ['train', 'validation', 'test'] as const;

/** Numbers of photos of each class in each split: 200 in all. */
const PHOTOS = { train: 70, validation: 15, test: 15 } as const;

/** The tutorial has ten epochs; with so few photos, more are needed for the same accuracy. */
const MAX_EPOCHS = 40;
const BATCH = 32;

interface Fit {
  readonly seconds: number;
  readonly accuracy: number;
  readonly epochs: number;
  readonly photos: number;
  readonly batchSize: number;
}

/**
 * Compares the app's training with that of the tutorial, in one Chromium and on the same backend.
 *
 * Head: 200 photos, from the start of the training to the first epoch with a validation accuracy
 * that `model.fit` of the whole model reaches too. The features have been computed before, because
 * the app computes them as photos are added; that time is reported separately.
 *
 * Fine-tuning step: from layer 100, with a batch of 32, compared with the same update from the
 * pixels through the whole model with TensorFlow.js's own layers and gradients, on a backend that
 * has them.
 */
export async function training(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      gradients: { type: 'string', default: 'webgl' },
      steps: { type: 'string', default: '3' },
      json: { type: 'string' },
    },
  });
  const { photos } = values;
  const backend = values.backend as BackendName;
  const gradients = values.gradients as BackendName;
  const steps = Number(values.steps);
  if (!(steps >= 3)) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);

  const head = await inHarness(photos, (harness) => benchHead(harness, backend));
  console.log(
    `\nhead on ${backend}, ${head.photos} training photos, to a validation accuracy of ` +
      `${head.accuracy.toFixed(3)}: ours ${head.ours.toFixed(2)} s (in the end ` +
      `${head.oursAtTheEnd.toFixed(3)}, all of it ${head.wholeTraining.toFixed(2)} s), tutorial ` +
      `${head.tutorial.toFixed(1)} s (${head.tutorialEpochs} epochs, batch ${head.tutorialBatch}), ` +
      `${head.ratio.toFixed(0)} times faster; features, as photos arrive, ${head.features.toFixed(1)} s, with them ` +
      `${head.ratioWithFeatures.toFixed(0)} times`,
  );
  const compared = await inHarness(photos, (harness) =>
    benchSteps(harness, gradients, steps, true),
  );
  const onWasm = await inHarness(photos, (harness) => benchSteps(harness, 'wasm', steps, false));
  const ratio = compared.wholeModel / compared.ours;
  console.log(
    `fine-tuning step on ${gradients}, median of ${steps}: ours ${compared.ours.toFixed(2)} s, ` +
      `whole model ${compared.wholeModel.toFixed(2)} s, ${ratio.toFixed(1)} times faster; ` +
      `ours on wasm ${onWasm.ours.toFixed(2)} s`,
  );
  if (values.json !== undefined) {
    const report = {
      head,
      fineTuneStep: { ...compared, ratio, backend: gradients, wasm: onWasm.ours },
    };
    await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

/**
 * Runs a benchmark in a Chromium with 200 photos in the library: those of DIR/train, or drawn ones.
 */
async function inHarness<Result>(
  photos: string | undefined,
  bench: (harness: HarnessPage) => Promise<Result>,
): Promise<Result> {
  const harness = await openHarness({ webgpu: true });
  try {
    if (photos !== undefined) await importPhotos(harness, photos);
    else
      await harness.page.evaluate(
        async (counts) => (await globalThis.harness.peer()).drawPets(counts),
        PHOTOS,
      );
    return await bench(harness);
  } finally {
    await harness.close();
  }
}

async function importPhotos(harness: HarnessPage, photos: string): Promise<void> {
  for (const classId of ['cat', 'dog']) {
    const files = await photoFiles(join(photos, 'train', classId));
    for (const split of SPLITS) {
      await importAll(harness, files.splice(0, PHOTOS[split]), classId, split);
    }
  }
}

async function benchHead({ page }: HarnessPage, backend: BackendName) {
  const ours = await page.evaluate(
    async (backend) => (await harness.peer()).trainHead(backend),
    backend,
  );
  const target = ours.accuracies.at(-1)!;
  const tutorial = await tutorialFit(page, backend, target, BATCH);
  // If the tutorial does not reach the target, both are compared at the accuracy that it reaches.
  const reached = Math.min(target, tutorial.accuracy);
  const seconds = ours.ends[ours.accuracies.findIndex((accuracy) => accuracy >= reached)]!;
  return {
    ours: seconds,
    tutorial: tutorial.seconds,
    ratio: tutorial.seconds / seconds,
    ratioWithFeatures: tutorial.seconds / (seconds + ours.features),
    accuracy: reached,
    oursAtTheEnd: target,
    features: ours.features,
    wholeTraining: ours.whole,
    photos: tutorial.photos,
    tutorialEpochs: tutorial.epochs,
    tutorialBatch: tutorial.batchSize,
  };
}

/** Runs `fit` with the largest batch, halved repeatedly, that fits in the backend's memory. */
async function tutorialFit(
  page: HarnessPage['page'],
  backend: BackendName,
  target: number,
  batchSize: number,
): Promise<Fit> {
  try {
    return await page.evaluate(
      async ({ backend, target, MAX_EPOCHS, batchSize }) =>
        (await harness.peer()).tutorialFit(backend, target, MAX_EPOCHS, batchSize),
      { backend, target, MAX_EPOCHS, batchSize },
    );
  } catch (thrown) {
    if (batchSize < 4) throw thrown;
    console.log(`model.fit fails with a batch of ${batchSize}: retrying with half of it`);
    await page.reload();
    await page.waitForFunction(() => 'harness' in globalThis);
    return tutorialFit(page, backend, target, batchSize / 2);
  }
}

async function benchSteps(
  { page }: HarnessPage,
  backend: BackendName,
  steps: number,
  wholeModel: boolean,
): Promise<{ ours: number; wholeModel: number }> {
  const seconds = await page.evaluate(
    async ({ backend, steps, wholeModel }) =>
      (await harness.peer()).fineTuneSteps(backend, steps, wholeModel),
    { backend, steps, wholeModel },
  );
  return { ours: median(seconds.ours), wholeModel: median(seconds.wholeModel) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
