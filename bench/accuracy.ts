import { stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFromFolder } from '../scripts/bases/folder/from-folder.ts';
import { putBase } from '../scripts/bases/put-base.ts';
import { run } from '../scripts/run-command.ts';
import { Random } from '../src/platform/random.ts';
import type { BackendName, EngineInfo } from '../src/records/engine.ts';
import { HARNESS_FOLDER, openHarness, type HarnessPage } from '../test/harness/open-harness.ts';
import { importAll, photoFiles } from './import-photos.ts';

interface Row {
  readonly perClass: number;
  readonly seed: number;
  /** Whether the head started from what the base knows. */
  readonly prior: boolean;
  /** Accuracy of the head on DIR/test, 0 to 1. */
  readonly accuracy: number;
  /** Time from the import of the first training photo until the head is stored. */
  readonly seconds: number;
  /**
   * Accuracy of the model that the app stores after fine-tuning, and the time of the fine-tuning.
   */
  readonly fineTuned?: number;
  readonly fineTuneSeconds?: number;
}

interface Report {
  readonly base: string;
  readonly size: number;
  readonly backend: string;
  readonly preset: string;
  readonly rows: readonly Row[];
}

/** The input size that cross-validation chose; see docs/learning.md. */
const BEST_SIZE = 224;

/** With so few photos per class, draws differ much and are quick. */
const FEW = 20;
const MORE_DRAWS = 4;

const CLASSES = ['cat', 'dog'] as const;

const USAGE = `npm run bench -- accuracy --photos DIR [--per-class 5,10,20,50,100,300] [--seeds 5]
  [--base openimages|FOLDER] [--size 224] [--backend wasm] [--preset quick|tutorial] [--fine-tune]
  [--prior on|off|both] [--json FILE]
DIR/train/{cat,dog} has the training photos, DIR/test/{cat,dog} the test photos. FOLDER contains a
TF.js model. --prior: whether the head starts from what the base knows. 0 per class: what the base
knows without any photo. Up to 20 per class there are 4 times as many draws as --seeds.`;

/**
 * Accuracy against the number of photos, with the app's own import, features and training in
 * Chromium. The test photos are imported once. Each row starts with only the test photos in the
 * library; its seed selects the photos and seeds the training. There are no validation photos, so
 * that a fine-tuned model is always stored.
 */
export async function accuracy(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      'per-class': { type: 'string', default: '5,10,20,50,100,300' },
      seeds: { type: 'string', default: '5' },
      base: { type: 'string', default: 'openimages' },
      size: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      preset: { type: 'string', default: 'quick' },
      prior: { type: 'string', default: 'on' },
      'fine-tune': { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const { photos, preset } = values;
  if (photos === undefined || (preset !== 'quick' && preset !== 'tutorial')) throw new Error(USAGE);
  const priors = { on: [true], off: [false], both: [true, false] }[values.prior];
  if (!priors) throw new Error(USAGE);
  const backend = values.backend as BackendName;
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);

  const harness = await openHarness();
  try {
    const info = await startEngine(harness, values.base, values.size, backend);
    const { id } = info.base;
    console.log(`\n${id} ${info.inputSize}, ${backend}, ${preset}`);
    console.log(
      `prior  per class  seed  accuracy  seconds${values['fine-tune'] ? '  tuned   seconds' : ''}`,
    );
    const sizes = values['per-class'].split(',').map(Number);
    const rows: Row[] = [];
    const add = (row: Row) => {
      rows.push(row);
      console.log(line(row, String(row.seed)));
    };
    if (sizes.includes(0) && priors.includes(true)) add(await untrained(harness, photos));
    const trained = sizes.filter((size) => size > 0);
    // Without any photo nothing is trained, and so nothing is tested by a training.
    for (const name of trained.length > 0 ? CLASSES : []) {
      await importAll(harness, await photoFiles(join(photos, 'test', name)), name, 'test');
    }
    for (const perClass of trained) {
      const draws = Number(values.seeds) * (perClass <= FEW ? MORE_DRAWS : 1);
      for (let seed = 1; seed <= draws; seed++) {
        const chosen = await choosePhotos(photos, perClass, seed);
        const began = performance.now();
        await importAnew(harness, chosen);
        const importSeconds = (performance.now() - began) / 1000;
        for (const prior of priors) {
          const options = { preset, seed, prior, fineTuning: values['fine-tune'] } as const;
          const { seconds, ...row } = await trainOnce(harness, options);
          add({ perClass, seed, prior, ...row, seconds: seconds + importSeconds });
        }
      }
      for (const prior of priors) {
        const ofSize = rows.filter((row) => row.perClass === perClass && row.prior === prior);
        console.log(line({ perClass, prior, ...mean(ofSize) }, 'mean'), spread(ofSize));
      }
    }
    if (values.json !== undefined) {
      const report: Report = { base: id, size: info.inputSize, backend, preset, rows };
      await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    }
  } finally {
    await harness.close();
  }
}

async function startEngine(
  { page }: HarnessPage,
  base: string,
  size: string | undefined,
  backend: BackendName,
): Promise<EngineInfo> {
  // Without --size, the best size, or the one that the engine chooses if the base lacks it.
  const wanted = size === undefined ? BEST_SIZE : Number(size);
  const isFolder = await stat(base).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const folder = isFolder ? 'bench-bases' : 'bases';
  let id = base;
  if (isFolder) {
    const made = await makeFromFolder(base, { id: basename(base) });
    await putBase(join(HARNESS_FOLDER, folder), made, console.log);
    id = made.spec.id;
  }
  const info = await page.evaluate(
    async ({ id, wanted, folder, backend }) => {
      await harness.settings.saveSettings({ baseId: id, inputSize: wanted });
      return harness.startEngine(`${folder}/`, backend);
    },
    { id, wanted, folder, backend },
  );
  if (info.base.id !== id || (size !== undefined && info.inputSize !== wanted)) {
    throw new Error(
      `Got ${info.base.id} at ${info.inputSize}: it serves ${info.base.inputSizes.join()}`,
    );
  }
  return info;
}

interface Chosen {
  readonly classId: string;
  readonly files: string[];
}

async function choosePhotos(photos: string, perClass: number, seed: number): Promise<Chosen[]> {
  return Promise.all(
    CLASSES.map(async (classId) => {
      const all = await photoFiles(join(photos, 'train', classId));
      if (all.length < perClass) throw new Error(`Only ${all.length} photos in train/${classId}`);
      return { classId, files: new Random(seed).shuffle(all).slice(0, perClass) };
    }),
  );
}

/** What the base knows, asked about the test photos as Live is about a photo that is opened. */
async function untrained({ page }: HarnessPage, photos: string): Promise<Row> {
  const started = performance.now();
  let [correct, count] = [0, 0];
  for (const name of CLASSES) {
    const files = await photoFiles(join(photos, 'test', name));
    await page.setInputFiles('input', files);
    count += files.length;
    correct += await page.evaluate(async (name) => {
      const { model } = globalThis.harness.status();
      if (!model?.untrained) throw new Error('The base knows nothing of these classes');
      let right = 0;
      for (const file of document.querySelector('input')!.files!) {
        const answer = await globalThis.harness.classify(await createImageBitmap(file));
        const best = answer.probabilities.indexOf(Math.max(...answer.probabilities));
        if (model.classes[best]!.id === name) right++;
      }
      return right;
    }, name);
  }
  const seconds = (performance.now() - started) / 1000;
  return { perClass: 0, seed: 1, prior: true, accuracy: correct / count, seconds };
}

/** Replaces the training photos. */
async function importAnew(harness: HarnessPage, chosen: readonly Chosen[]): Promise<void> {
  await harness.page.evaluate(async () => {
    const photos = await globalThis.harness.photos.listPhotos();
    const before = photos.filter(({ split }) => split === 'train').map(({ id }) => id);
    await globalThis.harness.photos.deletePhotos(before);
    await globalThis.harness.photos.purgeDeletedPhotos(Date.now() + 1);
  });
  for (const { classId, files } of chosen) await importAll(harness, files, classId, 'train');
}

async function trainOnce(
  harness: HarnessPage,
  options: {
    readonly preset: 'quick' | 'tutorial';
    readonly seed: number;
    readonly prior: boolean;
    readonly fineTuning: boolean;
  },
): Promise<Omit<Row, 'perClass' | 'seed' | 'prior'>> {
  const started = performance.now();
  const { fineTuning } = options;
  const { head, tuned } = await harness.page.evaluate(async (options) => {
    const model = await globalThis.harness.train(options);
    const headId = model.fineTuning?.headModelId ?? model.id;
    // Otherwise the next row would wait for features of the fine-tuned model.
    await globalThis.harness.models.useModel(headId);
    return { tuned: model, head: (await globalThis.harness.models.getModel(headId))! };
  }, options);
  const fineTuneSeconds = tuned.fineTuning?.seconds ?? 0;
  const accuracyOf = ({ test }: typeof head) => test!.correct / test!.count;
  return {
    accuracy: accuracyOf(head),
    seconds: (performance.now() - started) / 1000 - fineTuneSeconds,
    ...(fineTuning && { fineTuned: accuracyOf(tuned), fineTuneSeconds }),
  };
}

function line(row: Omit<Row, 'seed'>, seed: string): string {
  const { perClass, prior, accuracy, seconds, fineTuned, fineTuneSeconds } = row;
  const tuned =
    fineTuned === undefined
      ? ''
      : `  ${fineTuned.toFixed(4)}  ${fineTuneSeconds!.toFixed(1).padStart(7)}`;
  return `${(prior ? 'on' : 'off').padStart(5)}  ${String(perClass).padStart(9)}  ${seed.padStart(4)}  ${accuracy.toFixed(4).padStart(8)}  ${seconds.toFixed(1).padStart(7)}${tuned}`;
}

function mean(rows: readonly Row[]): Omit<Row, 'perClass' | 'seed' | 'prior'> {
  const of = (value: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  return {
    accuracy: of((row) => row.accuracy),
    seconds: of((row) => row.seconds),
    ...(rows[0]?.fineTuned !== undefined && {
      fineTuned: of((row) => row.fineTuned!),
      fineTuneSeconds: of((row) => row.fineTuneSeconds!),
    }),
  };
}

function spread(rows: readonly Row[]): string {
  const accuracies = rows.map(({ accuracy }) => accuracy);
  return `  (${Math.min(...accuracies).toFixed(3)} to ${Math.max(...accuracies).toFixed(3)})`;
}
