import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { Random } from '../../src/platform/random.ts';
import { runEpochs, type EpochLoop } from '../../src/learning/optim/epoch-loop.ts';
import { LEARNERS } from '../fixtures/epoch-loop-learners.ts';
import { headTrial, runTrial } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;

/** Augmentations of its own for each epoch. */
function fresh(epoch: number): readonly string[] {
  return [`augmented-${10 + epoch}`];
}

for (const backend of BACKENDS) {
  for (const [name, make, reads] of LEARNERS) {
    // The convolutions of a tail take a hundred times as long on cpu; the loop is the same.
    const isSlow = backend === 'cpu' && name === 'tail';
    for (const classes of isSlow ? [3] : [2, 3]) {
      const cases: Partial<EpochLoop>[] = [
        ...(isSlow ? [] : [{ keep: 'last' } as const]),
        { keep: 'best', variantsOf: fresh },
      ];
      for (const more of cases) {
        const variants = more.variantsOf ? 'fresh augmentations' : 'the same variants';
        test(`a ${name} of ${classes} classes, ${variants}, keep ${more.keep}: resumed after any epoch it is the same run, on ${backend}`, async () => {
          await tf.setBackend(backend);
          const settings = { ...more, ...reads };
          const whole = await runTrial(await make({ classes }, settings));
          const { epochs } = (await make({ classes }, settings)).loop.hyperparameters;
          expect(whole.checkpoints.map(({ state }) => state.epoch)).toEqual(
            Array.from({ length: epochs }, (_, i) => i + 1),
          );
          for (const [at, resume] of whole.checkpoints.entries()) {
            const seen: number[] = [];
            // Other weights at the beginning: all that counts must be in the checkpoint.
            const trial = await make(
              { classes, seed: 99 },
              {
                ...settings,
                random: Random.from(structuredClone(resume.state.random)),
                resume: structuredClone(resume),
                onEpoch: (history) => seen.push(history.length),
              },
            );
            for (const variable of trial.loop.learner.variables) {
              tf.tidy(() => {
                variable.assign(tf.add(variable, 0.5));
              });
            }
            const resumed = await runTrial(trial);
            expect(resumed.result).toEqual(whole.result);
            expect(resumed.weights).toEqual(whole.weights);
            expect(resumed.checkpoints).toEqual(whole.checkpoints.slice(at + 1));
            expect(seen).toEqual(resumed.checkpoints.map(({ state }) => state.epoch));
            expect(resumed.leaked).toBe(0);
          }
          expect(whole.leaked).toBe(0);
          expect(new Set(whole.result.history.map(({ loss }) => loss)).size).toBe(epochs);
        });
      }
    }
  }
}

test('a checkpoint of another shape is refused, and no tensor is left', async () => {
  await tf.setBackend('cpu');
  const { checkpoints } = await runTrial(headTrial());
  const resume = { ...checkpoints[0]!, bytes: new ArrayBuffer(8) };
  const trial = headTrial({}, { resume });
  const tensors = tf.memory().numTensors;
  await expect(runEpochs(trial.loop)).rejects.toThrow(RangeError);
  expect(tf.memory().numTensors).toBe(tensors);
});
