import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { toFloat16 } from '../../src/platform/float16.ts';
import {
  chosenClasses,
  readKnown,
  type PredictorShape,
} from '../../src/learning/features/known-readout.ts';
import { KnownClassPredictor } from '../../src/learning/head/known-class-predictor.ts';
import { HeadPrior } from '../../src/learning/head/head-prior.ts';
import type { Prior } from '../../src/records/prior.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import {
  anyKnown,
  biasValues,
  CHANNELS,
  CLASSES,
  kernelValues,
  mapTensor,
  mapValues,
} from '../fixtures/known-predictor.ts';

test.beforeAll(startWasm);

const SHAPES: readonly PredictorShape[] = [
  { anchors: 4, pooling: 'log-sum-exp' },
  { anchors: 1, pooling: 'mean' },
  { anchors: 2, pooling: 'mean' },
];
const PLACES = 6;

/** The logits by plain loops in float64: `[2, CLASSES]`. */
function expectedLogits({ anchors, pooling }: PredictorShape): number[] {
  const [map, kernel, bias] = [mapValues(), kernelValues(anchors), biasValues(anchors)];
  const logits: number[] = [];
  for (let picture = 0; picture < 2; picture++) {
    for (let c = 0; c < CLASSES; c++) {
      const outputs: number[] = [];
      for (let place = 0; place < PLACES; place++) {
        for (let a = 0; a < anchors; a++) {
          const column = c * anchors + a;
          let sum = bias[column]!;
          for (let i = 0; i < CHANNELS; i++) {
            const value = map[(picture * PLACES + place) * CHANNELS + i]!;
            sum += value * kernel[i * CLASSES * anchors + column]!;
          }
          outputs.push(sum);
        }
      }
      const mean = outputs.reduce((sum, value) => sum + value, 0) / outputs.length;
      const lse = Math.log(outputs.reduce((sum, value) => sum + Math.exp(value), 0));
      logits.push(pooling === 'mean' ? mean : lse);
    }
  }
  return logits;
}

for (const backend of ['cpu', 'wasm'] as const) {
  for (const shape of SHAPES) {
    const title = `${shape.pooling} of ${shape.anchors} anchors, on ${backend}`;
    test(`logits and their gradient are those of plain loops and autodiff: ${title}`, async () => {
      await tf.setBackend(backend);
      const before = tf.memory().numTensors;
      const [predictor, map] = [new KnownClassPredictor(anyKnown(shape)), mapTensor()];
      const logits = predictor.logits(map);
      expect(logits.shape).toEqual([2, CLASSES]);
      expectClose(logits.dataSync(), expectedLogits(shape), 'logits');

      // Those of two classes, in another order.
      const some = new KnownClassPredictor(chosenClasses(anyKnown(shape), [2, 0]));
      const someLogits = some.logits(map);
      const all = expectedLogits(shape);
      expectClose(someLogits.dataSync(), [all[2]!, all[0]!, all[5]!, all[3]!], 'some');

      const dLogits = tf.tensor2d([1, -2, 0.5, 0, 3, -1], [2, CLASSES]);
      const gradient = predictor.mapGradient(map, dLogits);
      const automatic = tf.grad((x: tf.Tensor) => predictor.logits(x))(map, dLogits);
      expect(gradient.shape).toEqual(map.shape);
      expectClose(gradient.dataSync(), automatic.dataSync(), 'gradient');

      tf.dispose([map, logits, someLogits, dLogits, gradient, automatic]);
      some.dispose();
      predictor.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  }
}

test('the file of a base is read: kernel rows by class and anchor, then the biases', async () => {
  await tf.setBackend('cpu');
  const shape: PredictorShape = { anchors: 4, pooling: 'log-sum-exp' };
  const [kernel, bias] = [kernelValues(4), biasValues(4)];
  const outputs = CLASSES * 4;
  const rows = Float32Array.from({ length: kernel.length }, (_, i) => {
    const [output, channel] = [Math.floor(i / CHANNELS), i % CHANNELS];
    return kernel[channel * outputs + output]!;
  });
  const halves = toFloat16(Float32Array.of(...rows, ...bias));
  const names = { en: [], es: [], ar: [] };
  const classes = Array.from({ length: CLASSES }, (_, i) => ({ id: String(i), names }));
  const read = new KnownClassPredictor(
    readKnown({ ...shape, classes }, CHANNELS, halves.slice().buffer),
  );
  const map = mapTensor();
  const logits = read.logits(map).dataSync();
  expectedLogits(shape).forEach((logit, i) => {
    expect(logits[i]).toBeCloseTo(logit, 2);
  });
  const short = halves.slice(1).buffer;
  expect(() => readKnown({ ...shape, classes }, CHANNELS, short)).toThrow(RangeError);
  map.dispose();
  read.dispose();
});

const matched = (index: number) => ({ id: `class ${index}`, index });

test('a prior mixes the logits: the difference for two classes, 0 for an unknown one', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const shape: PredictorShape = { anchors: 4, pooling: 'log-sum-exp' };
  const known = anyKnown(shape);
  const map = mapTensor();
  const k = expectedLogits(shape);
  const priorLogits = (classes: Prior['classes']) => {
    const prior = HeadPrior.of({ prior: { ...shape, strength: 3, classes } }, known)!;
    const { known: logitsOfKnown, logits } = prior.logits(map);
    const values = [...logits.dataSync()];
    tf.dispose([logitsOfKnown, logits]);
    prior.dispose();
    return values;
  };
  expectClose(
    priorLogits([matched(0), matched(2)]),
    [3 * (k[2]! - k[0]!), 3 * (k[5]! - k[3]!)],
    '',
  );
  expectClose(priorLogits([null, matched(1)]), [3 * k[1]!, 3 * k[4]!], '');
  expectClose(
    priorLogits([matched(1), null, matched(1)]),
    [3 * k[1]!, 0, 3 * k[1]!, 3 * k[4]!, 0, 3 * k[4]!],
    '',
  );
  map.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
