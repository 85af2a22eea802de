import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import type { HeadOptions } from '../../src/learning/head/head-learner.ts';
import { headTrial, runTrial, valuesOf } from '../fixtures/epoch-loop-setting.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { referenceEpochs } from '../fixtures/reference-head.ts';

test.beforeAll(startWasm);

const BACKENDS = ['cpu', 'wasm'] as const;
const FEATURES = 12;

const NO_EXTRAS: Partial<HeadOptions> = { dropout: 0, l2: 0 };
const EXTRAS: Partial<HeadOptions> = { dropout: 0.3, l2: 0.5 };
/** As a head with a prior has it. */
const OF_BIAS: Partial<HeadOptions> = { dropout: 0, l2: 0.5, biasL2: 0.7 };
/** As Keras's `class_weight`. */
const WEIGHED: Partial<HeadOptions> = { dropout: 0, l2: 0, weights: [0.4, 2.5, 1, 0.1] };

for (const backend of BACKENDS) {
  for (const classes of [2, 4]) {
    for (const options of [NO_EXTRAS, EXTRAS, OF_BIAS, WEIGHED]) {
      const weighed = options.weights ? 'weighed by class, ' : '';
      const ofBias = options.biasL2 === undefined ? '' : ` and ${options.biasL2} of the bias`;
      const title = `${weighed}dropout ${options.dropout}, L2 ${options.l2}${ofBias}, on ${backend}`;
      test(`of ${classes} classes one step is that of a float64 reference: ${title}`, async () => {
        await tf.setBackend(backend);
        const trial = headTrial(
          { classes, options },
          {
            hyperparameters: {
              epochs: 1,
              batchSize: 100,
              learningRate: 0.1,
              schedule: 'constant',
            },
          },
        );
        const start = valuesOf(trial.loop.learner.variables);
        const expected = await referenceEpochs(trial, start);
        const { result, weights, leaked } = await runTrial(trial);
        expect(weights.map(({ length }) => length)).toEqual(
          classes === 2 ? [FEATURES, 1] : [FEATURES * classes, classes],
        );
        weights.forEach((values, i) => {
          expectClose(values, expected.weights[i]!, String(i));
          expect(values).not.toEqual(start[i]);
        });
        expect(result.history).toEqual(expected.history);
        expect(leaked).toBe(0);
      });
    }

    test(`of ${classes} classes epochs have the metrics of Keras, and the weights of the reference, on ${backend}`, async () => {
      await tf.setBackend(backend);
      // 40 examples: the last of the batches is smaller than the others.
      const trial = headTrial(
        { classes, options: { dropout: 0.3, l2: 0.02 } },
        { hyperparameters: { epochs: 3, batchSize: 12, learningRate: 0.05, schedule: 'cosine' } },
      );
      const expected = await referenceEpochs(trial, valuesOf(trial.loop.learner.variables));
      const { result, weights } = await runTrial(trial);
      expect(result.history).toEqual(expected.history);
      weights.forEach((values, i) => {
        expectClose(values, expected.weights[i]!, String(i));
      });
    });
  }
}
