import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import type { BackendName } from '../src/records/engine.ts';
import { openHarness } from '../test/harness/open-harness.ts';
import type { TrainOptions } from '../src/records/training.ts';

/** Numbers of photos of each class in each split; the second library is larger. */
const PHOTOS = { train: 20, validation: 4, test: 4 } as const;
const MORE_PHOTOS = { train: 50, validation: 10, test: 10 } as const;

/** In this order: the throughput that a training measures is used to estimate the later ones. */
const TRAININGS: readonly (readonly [name: string, options: TrainOptions])[] = [
  ['Quick', { preset: 'quick' }],
  ['Quick again', { preset: 'quick' }],
  ['Tutorial, the head', { preset: 'tutorial', fineTuning: false }],
  ['Quick and 2 epochs of fine-tuning', { preset: 'quick', fineTuning: { epochs: 2 } }],
  ['the same again', { preset: 'quick', fineTuning: { epochs: 2 } }],
  [
    'deeper into the base',
    { preset: 'quick', fineTuning: { epochs: 2, fromLayer: 'block_8_expand' } },
  ],
];

/** Compares the estimated and the actual duration of trainings, with drawn pets. */
export async function estimate(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { backend: { type: 'string', default: 'wasm' } },
  });
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const opened = await openHarness({ webgpu: true });
  const { page } = opened;
  try {
    await page.evaluate(
      (backend) => harness.startEngine('bases/', backend),
      values.backend as BackendName,
    );
    for (const [counts, title] of [
      [PHOTOS, 'a first library'],
      [MORE_PHOTOS, 'more photos'],
    ] as const) {
      console.log(`\n${title}`);
      await page.evaluate(async (counts) => (await harness.peer()).drawPets(counts), counts);
      for (const [name, options] of TRAININGS) {
        const estimated = await page.evaluate((options) => harness.estimate(options), options);
        const actual = await page.evaluate(async (options) => {
          const { seconds, stageSeconds } = await harness.train(options);
          return { seconds, stageSeconds };
        }, options);
        console.log(
          `${name}: estimated ${estimated.seconds.toFixed(2)} s (${estimated.measured ? 'from measurements' : 'from the workload'}), ` +
            `took ${actual.seconds.toFixed(2)} s, ratio ${(actual.seconds / estimated.seconds).toFixed(2)}\n` +
            `  ${stages(estimated.stageSeconds)}\n  ${stages(actual.stageSeconds ?? {})}`,
        );
      }
    }
  } finally {
    await opened.close();
  }
}

function stages(seconds: Readonly<Record<string, number>>): string {
  return Object.entries(seconds)
    .map(([stage, value]) => `${stage} ${value.toFixed(2)}`)
    .join(', ');
}
