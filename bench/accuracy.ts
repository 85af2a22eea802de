import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import { Random } from '../src/learning/head/random.ts';
import type { BackendName } from '../src/learning/service.ts';
import type { Split } from '../src/photos/stable-split.ts';
import { openHarness, type HarnessPage } from '../test/harness/open-harness.ts';

interface Row {
  readonly perClass: number;
  readonly seed: number;
  /** On DIR/test, 0 to 1. */
  readonly accuracy: number;
  /** From the first imported file to the stored model. */
  readonly seconds: number;
}

interface Report {
  readonly base: string;
  readonly size: number;
  readonly backend: string;
  readonly rows: readonly Row[];
}

const CLASSES = ['cat', 'dog'] as const;

const USAGE = `npm run bench -- accuracy --photos DIR [--per-class 20,100] [--seeds 3]
  [--base openimages] [--size 160] [--backend wasm] [--preset quick] [--json FILE]
DIR/train/{cat,dog} is learned from, DIR/test/{cat,dog} judges.`;

/**
 * Accuracy of the app's own import, features and training, in Chromium, against the number of
 * photos. Each row starts from an empty library, and its seed chooses the photos and the training.
 */
export async function accuracy(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      'per-class': { type: 'string', default: '20,100' },
      seeds: { type: 'string', default: '3' },
      base: { type: 'string', default: 'openimages' },
      size: { type: 'string', default: '160' },
      backend: { type: 'string', default: 'wasm' },
      preset: { type: 'string', default: 'quick' },
      json: { type: 'string' },
    },
  });
  const { photos } = values;
  if (photos === undefined) throw new Error(USAGE);
  const backend = values.backend as BackendName;
  const preset = values.preset as 'quick' | 'tutorial';
  const size = Number(values.size);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);

  const rows: Row[] = [];
  console.log(
    `\n${values.base} ${size}, ${backend}, ${preset}\nper class  seed  accuracy  seconds`,
  );
  for (const perClass of values['per-class'].split(',').map(Number)) {
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const harness = await openHarness();
      try {
        const row = { perClass, seed, base: values.base, size, backend, preset };
        const result = await trainOnce(harness, photos, row);
        rows.push({ perClass, seed, ...result });
        console.log(
          `${String(perClass).padStart(9)}  ${String(seed).padStart(4)}  ` +
            `${result.accuracy.toFixed(4).padStart(8)}  ${result.seconds.toFixed(1).padStart(7)}`,
        );
      } finally {
        await harness.close();
      }
    }
    const accuracies = rows.filter((row) => row.perClass === perClass).map((row) => row.accuracy);
    const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length;
    console.log(`${String(perClass).padStart(9)}  mean  ${mean.toFixed(4).padStart(8)}`);
  }
  if (values.json !== undefined) {
    const report: Report = { base: values.base, size, backend, rows };
    await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

interface Setup {
  readonly perClass: number;
  readonly seed: number;
  readonly base: string;
  readonly size: number;
  readonly backend: BackendName;
  readonly preset: 'quick' | 'tutorial';
}

async function trainOnce(
  { page }: HarnessPage,
  photos: string,
  setup: Setup,
): Promise<Pick<Row, 'accuracy' | 'seconds'>> {
  const { perClass, seed, size, backend } = setup;
  const info = await page.evaluate(async ({ base, size, backend }) => {
    await harness.settings.saveSettings({ baseId: base, inputSize: size });
    return harness.startEngine('bases/', backend);
  }, setup);
  if (info.base.id !== setup.base || info.inputSize !== size || info.backend !== backend) {
    throw new Error(`Got ${info.base.id} at ${info.inputSize} on ${info.backend}`);
  }
  const started = performance.now();
  for (const name of CLASSES) {
    const all = await photoFiles(join(photos, 'train', name));
    if (all.length < perClass) throw new Error(`Only ${all.length} photos in train/${name}`);
    await importAll(page, new Random(seed).shuffle(all).slice(0, perClass), name, 'train');
    await importAll(page, await photoFiles(join(photos, 'test', name)), name, 'test');
  }
  const test = await page.evaluate(
    async ({ preset, seed }) => (await harness.train({ preset, seed })).test!,
    setup,
  );
  return {
    accuracy: test.correct / test.count,
    seconds: (performance.now() - started) / 1000,
  };
}

async function photoFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.sort().map((name) => join(folder, name));
}

async function importAll(
  page: HarnessPage['page'],
  files: string[],
  classId: string,
  split: Split,
): Promise<void> {
  await page.setInputFiles('input', files);
  const report = await page.evaluate(({ classId, split }) => harness.importInput(classId, split), {
    classId,
    split,
  });
  for (const { name, reason } of report.refused) console.log(`refused: ${name}: ${reason}`);
  if (report.problem) throw new Error(report.problem.message);
}
