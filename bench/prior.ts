import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import { Random } from '../src/platform/random.ts';
import { openHarness, type HarnessPage } from '../test/harness/open-harness.ts';
import { importAll, photoFiles } from './import-photos.ts';
import { fitHead, meanLoss, type Example } from './prior-head.ts';

const CLASSES = ['cat', 'dog'] as const;

const USAGE = `npm run bench -- prior --photos DIR [--per-class 1,3,10,50] [--draws 10] [--size 224]
  [--grid 0:0.05,5:0.15,8:0.15]
DIR/train/{cat,dog} has the photos. The grid has pairs of a strength and an L2; strength 0 is a head
alone.`;

/** Temperatures that are tried. */
const TEMPERATURES = [0.3, 0.4, 0.55, 0.75, 1, 1.25, 1.5, 2, 3];

/**
 * Cross-validation of the numbers of a prior on training photos alone: some of them train a head,
 * the others validate it. Features and known logits come from the app; the heads are trained by
 * plain code in float64 (prior-head.ts), so that many are a matter of minutes.
 */
export async function prior(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      'per-class': { type: 'string', default: '1,3,10,50' },
      draws: { type: 'string', default: '10' },
      size: { type: 'string', default: '224' },
      grid: { type: 'string', default: '0:0.05,5:0.05,5:0.15,5:0.5,8:0.05,8:0.15,8:0.5,12:0.15' },
    },
  });
  const { photos } = values;
  if (photos === undefined) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const harness = await openHarness();
  const examples = await examplesOf(harness, photos, Number(values.size));
  await harness.close();
  const grid = values.grid.split(',').map((pair) => pair.split(':').map(Number));
  console.log('\nper class  strength    L2  accuracy    worst  temperature    loss');
  for (const perClass of values['per-class'].split(',').map(Number)) {
    for (const [strength = 0, l2 = 0] of grid) {
      const found = validate(examples, perClass, Number(values.draws), { strength, l2 });
      const columns = [
        String(perClass).padStart(9),
        String(strength).padStart(8),
        String(l2).padStart(4),
        found.accuracy.toFixed(4).padStart(8),
        found.worst.toFixed(4).padStart(7),
        String(found.temperature).padStart(11),
        found.loss.toFixed(4).padStart(6),
      ];
      console.log(columns.join('  '));
    }
  }
}

/** Trains on some photos of each class and validates on the others, several times. */
function validate(
  examples: readonly Example[],
  perClass: number,
  draws: number,
  numbers: { readonly strength: number; readonly l2: number },
) {
  const accuracies: number[] = [];
  const losses = TEMPERATURES.map(() => 0);
  for (let seed = 1; seed <= draws; seed++) {
    const random = new Random(seed);
    const sides = [0, 1].map((label) => random.shuffle(examples.filter((e) => e.label === label)));
    const training = sides.flatMap((side) => side.slice(0, perClass));
    const others = sides.flatMap((side) => side.slice(perClass));
    const logitOf = fitHead(training, { ...numbers, seed });
    const logits = others.map(logitOf);
    const right = others.filter(({ label }, i) => logits[i]! > 0 === (label === 1)).length;
    accuracies.push(right / others.length);
    TEMPERATURES.forEach((temperature, t) => {
      losses[t]! += meanLoss(others, logits, temperature) / draws;
    });
  }
  const loss = Math.min(...losses);
  return {
    accuracy: accuracies.reduce((sum, value) => sum + value, 0) / draws,
    worst: Math.min(...accuracies),
    temperature: TEMPERATURES[losses.indexOf(loss)]!,
    loss,
  };
}

/** Imports the photos, and reads what the app computes of them. */
async function examplesOf(
  harness: HarnessPage,
  photos: string,
  size: number,
): Promise<readonly Example[]> {
  const { page } = harness;
  await page.evaluate(async (size) => {
    await globalThis.harness.settings.saveSettings({ inputSize: size });
    await globalThis.harness.startEngine('bases/', 'wasm');
  }, size);
  for (const name of CLASSES) {
    await importAll(harness, await photoFiles(join(photos, 'train', name)), name, 'train');
  }
  // Predictions wait for the features.
  await page.evaluate(() => globalThis.harness.predictLibrary());
  const ids = await page.evaluate(async () =>
    (await globalThis.harness.photos.listPhotos()).map(({ id, classId }) => ({ id, classId })),
  );
  const known = await page.evaluate(() => {
    const { knows } = globalThis.harness.status().info!.base;
    return ['cat', 'dog'].map((name) => knows!.classes.findIndex(({ id }) => id === name));
  });
  const examples: Example[] = [];
  for (const { id, classId } of ids) {
    const rows = await page.evaluate(async (id) => {
      const all = await globalThis.harness.database.read(['features'], (transaction) =>
        transaction.objectStore('features').index('byPhoto').getAll(id),
      );
      return ['plain', 'flip', 'known plain', 'known flip'].map((variant) =>
        Array.from(new Float32Array(all.find((row) => row.variant === variant)!.values)),
      );
    }, id);
    const [plain, flip, ...logits] = rows;
    const [cat, dog] = known;
    examples.push({
      label: classId === 'dog' ? 1 : 0,
      features: [plain!, flip!].map((row) => Float32Array.from(row)),
      known: logits.map((row) => row[dog!]! - row[cat!]!),
    });
  }
  return examples;
}
