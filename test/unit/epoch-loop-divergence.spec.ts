import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/platform/random.ts';
import { runEpochs } from '../../src/learning/optim/epoch-loop.ts';
import { LEARNERS } from '../fixtures/epoch-loop-learners.ts';
import { numbersOf, runTrial } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

for (const [name, make, reads] of LEARNERS) {
  for (const keep of ['last', 'best'] as const) {
    test(`no number in the first epoch of a ${name}, keep ${keep}: no model, and no tensor left`, async () => {
      await tf.setBackend('wasm');
      const seen: number[] = [];
      const trial = await make(
        {},
        {
          ...reads,
          keep,
          variantsOf: () => ['augmented-3'],
          onEpoch: (history) => seen.push(history.length),
          onCheckpoint: ({ epoch }) => {
            seen.push(epoch);
            return Promise.resolve();
          },
        },
      );
      const tensors = tf.memory().numTensors;
      await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'not-finite' });
      expect(seen).toEqual([]);
      expect(tf.memory().numTensors).toBe(tensors);
      trial.dispose();
    });

    test(`no number in the third epoch of a ${name}, keep ${keep}: the weights from before`, async () => {
      await tf.setBackend('wasm');
      const settings = {
        ...reads,
        keep,
        // The third are no numbers.
        variantsOf: (epoch: number) => [`augmented-${epoch}`],
      };
      const { result, weights, checkpoints, leaked } = await runTrial(await make({}, settings));
      expect(result).toMatchObject({ epoch: 2, divergedAtEpoch: 3 });
      expect(result.history.map(({ epoch }) => epoch)).toEqual([1, 2]);
      expect(checkpoints).toHaveLength(2);
      expect(flat(weights)).toEqual(numbersOf(checkpoints[1]!).slice(0, flat(weights).length));
      expect(leaked).toBe(0);

      // And so it is when the training is resumed right before.
      const resume = structuredClone(checkpoints[1]!);
      const random = Random.from(resume.state.random);
      const again = await runTrial(await make({ seed: 99 }, { ...settings, resume, random }));
      expect(again.result).toEqual(result);
      expect(again.weights).toEqual(weights);
      expect(again.checkpoints).toEqual([]);
      expect(again.leaked).toBe(0);
    });
  }
}

function flat(all: readonly Float32Array[]): number[] {
  return all.flatMap((values) => [...values]);
}
