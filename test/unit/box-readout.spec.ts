import { expect, test } from '@playwright/test';
import {
  BOX_OUTPUTS,
  boxOutputs,
  boxReadout,
  joinReadouts,
  readBoxPredictor,
} from '../../src/learning/features/box-readout.ts';
import type { PlaceReadout } from '../../src/learning/network/readout.ts';
import { fromFloat16, toFloat16 } from '../../src/platform/float16.ts';
import { Random } from '../../src/platform/random.ts';
import type { KnownBoxes } from '../../src/records/known-classes.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { anyKnown, CHANNELS, mapValues } from '../fixtures/known-predictor.ts';

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

/** `[2 * PLACES, outputs]`: a 1x1 convolution of the map, by plain loops. */
function convolved({ kernel, bias, outputs }: PlaceReadout): Float32Array {
  const map = mapValues();
  return Float32Array.from({ length: 2 * PLACES * outputs }, (_, i) => {
    const [place, output] = [Math.floor(i / outputs), i % outputs];
    let sum = bias?.[output] ?? 0;
    for (let c = 0; c < CHANNELS; c++) {
      sum += map[place * CHANNELS + c]! * kernel[c * outputs + output]!;
    }
    return sum;
  });
}

test('a file is read: kernel rows by anchor and coordinate, then the biases', () => {
  const { bytes, values } = randomFile();
  const { kernel, bias } = readBoxPredictor(SPEC, CHANNELS, bytes).encodings;
  for (let output = 0; output < OUTPUTS; output++) {
    const row = Array.from({ length: CHANNELS }, (_, c) => kernel[c * OUTPUTS + output]);
    expect(row).toEqual([...values.slice(output * CHANNELS, (output + 1) * CHANNELS)]);
  }
  expect([...bias!]).toEqual([...values.slice(OUTPUTS * CHANNELS)]);
});

test('outputs have the encodings, then the larger logit of the sought classes, also behind other columns', () => {
  const { bytes } = randomFile();
  const boxes = readBoxPredictor(SPEC, CHANNELS, bytes);
  const known = anyKnown({ anchors: ANCHORS, pooling: 'log-sum-exp' });
  const encodings = convolved(boxes.encodings);
  // `[places, classes, anchors]` of three classes.
  const logits = convolved({ ...known, outputs: 3 * ANCHORS });
  const expected: number[] = [];
  for (let row = 0; row < 2 * PLACES * ANCHORS; row++) {
    const [place, anchor] = [Math.floor(row / ANCHORS), row % ANCHORS];
    const [first, , third] = [0, 1, 2].map((c) => logits[(place * 3 + c) * ANCHORS + anchor]!);
    expected.push(...encodings.slice(4 * row, 4 * row + 4), Math.max(first!, third!));
  }
  const own = boxReadout(boxes, known, [2, 0]);
  const head = { kernel: new Float32Array(3 * CHANNELS).fill(1), outputs: 3 };
  for (const [readout, from] of [
    [own, 0],
    [joinReadouts(head, own), 3],
  ] as const) {
    const outputs = boxOutputs(convolved(readout), readout.outputs, from, boxes);
    expect(outputs).toHaveLength(2 * PLACES * ANCHORS * BOX_OUTPUTS);
    expectClose(outputs, expected, `from ${from}`);
  }
});

test('a file of another length is refused', () => {
  const { bytes } = randomFile();
  expect(() => readBoxPredictor(SPEC, CHANNELS, bytes.slice(2))).toThrow(RangeError);
});
