import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { BOX_OUTPUTS, BoxPredictor } from '../../src/learning/features/box-predictor.ts';
import {
  boxOutputsFrom,
  boxReadout,
  joinReadouts,
} from '../../src/learning/features/box-readout.ts';
import { fromFloat16, toFloat16 } from '../../src/platform/float16.ts';
import { Random } from '../../src/platform/random.ts';
import type { KnownBoxes } from '../../src/records/known-classes.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { anyPredictor, CHANNELS, mapTensor, mapValues } from '../fixtures/known-predictor.ts';

test.beforeAll(async () => {
  startWasm();
  await tf.setBackend('wasm');
});

const ANCHORS = 2;
const PLACES = 6;
const OUTPUTS = 4 * ANCHORS;
const SPEC = { anchors: Array(ANCHORS).fill({ width: 8, height: 8 }) } as unknown as KnownBoxes;

/** The file of a predictor, and its numbers as they are stored. */
function randomFile() {
  const random = new Random(21);
  const halves = toFloat16(
    Float32Array.from({ length: OUTPUTS * (CHANNELS + 1) }, () => 2 * random.next() - 1),
  );
  return { bytes: halves.slice().buffer, values: fromFloat16(halves) };
}

/** `[2, PLACES, OUTPUTS]` by plain loops. */
function expectedEncodings(values: Float32Array): number[] {
  const map = mapValues();
  const encodings: number[] = [];
  for (let place = 0; place < 2 * PLACES; place++) {
    for (let output = 0; output < OUTPUTS; output++) {
      let sum = values[OUTPUTS * CHANNELS + output]!;
      for (let i = 0; i < CHANNELS; i++) {
        sum += map[place * CHANNELS + i]! * values[output * CHANNELS + i]!;
      }
      encodings.push(sum);
    }
  }
  return encodings;
}

test('encodings are what plain loops give; no tensor is left', async () => {
  const { bytes, values } = randomFile();
  const before = tf.memory().numTensors;
  const predictor = BoxPredictor.fromFile(SPEC, CHANNELS, bytes);
  const map = mapTensor();
  const encodings = predictor.encodings(map);
  expect(encodings.shape).toEqual([2, PLACES, ANCHORS, 4]);
  expectClose(await encodings.data(), expectedEncodings(values), 'encodings');
  tf.dispose([encodings, map]);
  predictor.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('outputs have the encodings, then the larger logit of the sought classes', async () => {
  const { bytes } = randomFile();
  const predictor = BoxPredictor.fromFile(SPEC, CHANNELS, bytes);
  const known = anyPredictor({ anchors: ANCHORS, pooling: 'log-sum-exp' });
  const map = mapTensor();
  const [outputs, encodings, logits] = await Promise.all(
    [predictor.outputs(map, known, [2, 0]), predictor.encodings(map), known.anchorLogits(map)].map(
      (tensor) => tensor.data(),
    ),
  );
  for (let row = 0; row < 2 * PLACES; row++) {
    for (let anchor = 0; anchor < ANCHORS; anchor++) {
      const at = BOX_OUTPUTS * (row * ANCHORS + anchor);
      const from = 4 * (row * ANCHORS + anchor);
      expect([...outputs!.slice(at, at + 4)]).toEqual([...encodings!.slice(from, from + 4)]);
      // `[places, classes, anchors]` of three classes.
      const [first, , third] = [0, 1, 2].map((c) => logits![(row * 3 + c) * ANCHORS + anchor]!);
      expect(outputs![at + 4]).toBe(Math.max(first!, third!));
    }
  }
});

test('the places of a plan on the GPU give the same outputs, also behind other columns', async () => {
  const { bytes } = randomFile();
  const boxes = BoxPredictor.fromFile(SPEC, CHANNELS, bytes);
  const known = anyPredictor({ anchors: ANCHORS, pooling: 'log-sum-exp' });
  const map = mapValues();
  const expected = await boxes.outputs(mapTensor(), known, [2, 0]).data();
  const own = await boxReadout({ boxes, known }, [2, 0], new DeviceWatch());
  const head = { kernel: new Float32Array(3 * CHANNELS).fill(1), outputs: 3 };
  for (const [readout, from] of [
    [own, 0],
    [joinReadouts(head, own), 3],
  ] as const) {
    const { kernel, bias, outputs: width } = readout;
    const places = Float32Array.from({ length: 2 * PLACES * width }, (_, i) => {
      const [place, column] = [Math.floor(i / width), i % width];
      let sum = bias![column]!;
      for (let c = 0; c < CHANNELS; c++) {
        sum += map[place * CHANNELS + c]! * kernel[c * width + column]!;
      }
      return sum;
    });
    expectClose(boxOutputsFrom(places, width, from, boxes), expected, `from ${from}`);
  }
});

test('a file of another length is refused', () => {
  const { bytes } = randomFile();
  expect(() => BoxPredictor.fromFile(SPEC, CHANNELS, bytes.slice(2))).toThrow(RangeError);
});
