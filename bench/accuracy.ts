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

const CLASSES = ['cat', 'dog'] as const;

const USAGE = `npm run bench -- accuracy --photos DIR [--per-class 5,10,20,50,100,300] [--seeds 5]
  [--base openimages|FOLDER] [--size 224] [--backend wasm] [--preset quick|tutorial] [--fine-tune]
  [--json FILE]
DIR/train/{cat,dog} has the training photos, DIR/test/{cat,dog} the test photos. FOLDER contains a
TF.js model.`;

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
      'fine-tune': { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const { photos, preset } = values;
  if (photos === undefined || (preset !== 'quick' && preset !== 'tutorial')) throw new Error(USAGE);
  const backend = values.backend as BackendName;
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);

  const harness = await openHarness();
  try {
    const info = await startEngine(harness, values.base, values.size, backend);
    const { id } = info.base;
    console.log(`\n${id} ${info.inputSize}, ${backend}, ${preset}`);
    console.log(
      `per class  seed  accuracy  seconds${values['fine-tune'] ? '  tuned   seconds' : ''}`,
    );
    for (const name of CLASSES) {
      await importAll(harness, await photoFiles(join(photos, 'test', name)), name, 'test');
    }
    const rows: Row[] = [];
    for (const perClass of values['per-class'].split(',').map(Number)) {
      for (let seed = 1; seed <= Number(values.seeds); seed++) {
        const chosen = await choosePhotos(photos, perClass, seed);
        const row = await trainOnce(harness, chosen, preset, seed, values['fine-tune']);
        rows.push({ perClass, seed, ...row });
        console.log(line(perClass, String(seed), row));
      }
      const ofSize = rows.filter((row) => row.perClass === perClass);
      console.log(line(perClass, 'mean', mean(ofSize)), spread(ofSize));
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

async function trainOnce(
  harness: HarnessPage,
  chosen: readonly Chosen[],
  preset: 'quick' | 'tutorial',
  seed: number,
  fineTuning: boolean,
): Promise<Omit<Row, 'perClass' | 'seed'>> {
  await harness.page.evaluate(async () => {
    const photos = await globalThis.harness.photos.listPhotos();
    const before = photos.filter(({ split }) => split === 'train').map(({ id }) => id);
    await globalThis.harness.photos.deletePhotos(before);
    await globalThis.harness.photos.purgeDeletedPhotos(Date.now() + 1);
  });
  const started = performance.now();
  for (const { classId, files } of chosen) await importAll(harness, files, classId, 'train');
  const { head, tuned } = await harness.page.evaluate(
    async ({ preset, seed, fineTuning }) => {
      const model = await globalThis.harness.train({ preset, seed, fineTuning });
      const headId = model.fineTuning?.headModelId ?? model.id;
      // Otherwise the next row would wait for features of the fine-tuned model.
      await globalThis.harness.models.useModel(headId);
      return { tuned: model, head: (await globalThis.harness.models.getModel(headId))! };
    },
    { preset, seed, fineTuning },
  );
  const fineTuneSeconds = tuned.fineTuning?.seconds ?? 0;
  const accuracyOf = ({ test }: typeof head) => test!.correct / test!.count;
  return {
    accuracy: accuracyOf(head),
    seconds: (performance.now() - started) / 1000 - fineTuneSeconds,
    ...(fineTuning && { fineTuned: accuracyOf(tuned), fineTuneSeconds }),
  };
}

function line(perClass: number, seed: string, row: Omit<Row, 'perClass' | 'seed'>): string {
  const { accuracy, seconds, fineTuned, fineTuneSeconds } = row;
  const tuned =
    fineTuned === undefined
      ? ''
      : `  ${fineTuned.toFixed(4)}  ${fineTuneSeconds!.toFixed(1).padStart(7)}`;
  return `${String(perClass).padStart(9)}  ${seed.padStart(4)}  ${accuracy.toFixed(4).padStart(8)}  ${seconds.toFixed(1).padStart(7)}${tuned}`;
}

function mean(rows: readonly Row[]): Omit<Row, 'perClass' | 'seed'> {
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
