import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import { Random } from '../src/platform/random.ts';
import type { Split } from '../src/records/photo.ts';
import { openHarness, type HarnessPage } from '../test/harness/open-harness.ts';
import { photoFiles } from './import-photos.ts';
import { loadBackgrounds, WIDEN, widened } from './wide-photos.ts';

const USAGE = `npm run bench -- squares --photos DIR [--kinds photos,wide] [--squares centre,found]
  [--per-class 10,50] [--seeds 4] [--size 224] [--json FILE]
DIR/train/{cat,dog} has the training photos, DIR/test/{cat,dog} the test photos, DIR/other what wide
photos are drawn on.`;

const CLASSES = ['cat', 'dog'] as const;

interface Row {
  /** The photos as they are, or small and off centre in a wide one. */
  readonly kind: string;
  /** Whether the import takes the centre square or looks for the animal. */
  readonly squares: string;
  readonly photos: number;
  /** Photos whose square is not the centre square. */
  readonly moved: number;
  /** Photos that the import takes a second. */
  readonly perSecond: number;
  readonly perClass: number;
  /** Mean accuracy on the test photos, 0 to 1; with what the base knows, and without. */
  readonly withPrior: number;
  readonly alone: number;
}

/**
 * Accuracy with the centre squares of photos, and with squares that the base's boxes choose: on the
 * photos as they are, and on wide variants in which the animal is small and off centre. Training and
 * test photos come in the same way. With the app's own import, features and training in Chromium.
 */
export async function squares(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photos: { type: 'string' },
      kinds: { type: 'string', default: 'photos,wide' },
      squares: { type: 'string', default: 'centre,found' },
      'per-class': { type: 'string', default: '10,50' },
      seeds: { type: 'string', default: '4' },
      size: { type: 'string', default: '224' },
      json: { type: 'string' },
    },
  });
  const { photos, json } = values;
  const [kinds, ways] = [values.kinds.split(','), values.squares.split(',')];
  if (photos === undefined || !kinds.every((kind) => ['photos', 'wide'].includes(kind))) {
    throw new Error(USAGE);
  }
  if (!ways.every((way) => ['centre', 'found'].includes(way))) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const rows: Row[] = [];
  console.log('\nphotos  squares  moved     photos/s  per class  with prior  alone');
  for (const kind of kinds) {
    for (const way of ways) {
      const harness = await openHarness();
      try {
        await harness.page.evaluate(async (size) => {
          await globalThis.harness.settings.saveSettings({ inputSize: size });
          await globalThis.harness.startEngine('bases/', 'wasm');
        }, Number(values.size));
        if (kind === 'wide') await loadBackgrounds(harness, join(photos, 'other'));
        const sizes = values['per-class'].split(',').map(Number);
        const options = { photos, kind, way, sizes, seeds: Number(values.seeds) };
        for (const row of await measure(harness, options)) {
          rows.push(row);
          print(row);
        }
      } finally {
        await harness.close();
      }
    }
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ rows }, null, 2)}\n`);
}

interface Measured {
  readonly photos: string;
  readonly kind: string;
  readonly way: string;
  /** Training photos per class. */
  readonly sizes: readonly number[];
  /** Number of draws of training photos that are averaged. */
  readonly seeds: number;
}

async function measure(
  harness: HarnessPage,
  { photos, kind, way, sizes, seeds }: Measured,
): Promise<Row[]> {
  const imported = { added: 0, moved: 0, seconds: 0 };
  const add = async (split: Split, name: string, files: string[]) => {
    await harness.page.setInputFiles('input', files);
    const result = await harness.page.evaluate(importFound, {
      widen: kind === 'wide' ? WIDEN : undefined,
      source: `(${widened.toString()})`,
      ...{ split, name, squares: way === 'found' },
    });
    imported.added += result.added;
    imported.moved += result.moved;
    imported.seconds += result.seconds;
  };
  for (const name of CLASSES) await add('test', name, await photoFiles(join(photos, 'test', name)));
  const rows: Row[] = [];
  for (const perClass of sizes) {
    const [withPrior, alone] = [[] as number[], [] as number[]];
    for (let seed = 1; seed <= seeds; seed++) {
      await deleteTrainingPhotos(harness);
      for (const name of CLASSES) {
        const all = await photoFiles(join(photos, 'train', name));
        await add('train', name, new Random(seed).shuffle(all).slice(0, perClass));
      }
      withPrior.push(await testAccuracy(harness, seed, true));
      alone.push(await testAccuracy(harness, seed, false));
    }
    const { added, moved, seconds } = imported;
    const counts = { photos: added, moved, perSecond: added / seconds };
    const accuracy = { withPrior: mean(withPrior), alone: mean(alone) };
    rows.push({ kind, squares: way, ...counts, perClass, ...accuracy });
  }
  return rows;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function deleteTrainingPhotos({ page }: HarnessPage): Promise<void> {
  await page.evaluate(async () => {
    const { photos } = globalThis.harness;
    const training = (await photos.listPhotos()).filter(({ split }) => split === 'train');
    await photos.deletePhotos(training.map(({ id }) => id));
    await photos.purgeDeletedPhotos(Date.now() + 1);
  });
}

/** Runs in the page: imports the files of the input under one label. */
async function importFound({
  widen,
  source,
  split,
  name,
  squares,
}: {
  widen: typeof WIDEN | undefined;
  source: string;
  split: Split;
  name: string;
  squares: boolean;
}): Promise<{ added: number; moved: number; seconds: number }> {
  const draw = (0, eval)(source) as typeof widened;
  const files = widen ? await draw(widen) : [...document.querySelector('input')!.files!];
  const started = performance.now();
  const { added, moved } = await globalThis.harness.importFiles(files, name, { split, squares });
  return { added, moved, seconds: (performance.now() - started) / 1000 };
}

async function testAccuracy({ page }: HarnessPage, seed: number, prior: boolean): Promise<number> {
  const test = await page.evaluate(
    async ({ seed, prior }) =>
      (await globalThis.harness.train({ preset: 'quick', seed, prior })).test!,
    { seed, prior },
  );
  return test.correct / test.count;
}

function print({ kind, squares, photos, moved, perSecond, perClass, withPrior, alone }: Row): void {
  console.log(
    [
      kind.padEnd(6),
      squares.padEnd(7),
      `${moved}/${photos}`.padStart(8),
      perSecond.toFixed(1).padStart(9),
      String(perClass).padStart(9),
      withPrior.toFixed(4).padStart(10),
      alone.toFixed(4).padStart(6),
    ].join('  '),
  );
}
