import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  NO_PADDING,
  type Operation,
  type Padding,
  type Program,
} from '../../src/models/formats/operations/operation.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { packProgram, unpackProgram } from '../../src/models/formats/web-page/pack-program.ts';
import { Random } from '../../src/platform/random.ts';
import { networkOf, plannedNetwork } from '../../src/learning/program/program-network.ts';
import { trunkOf } from '../../src/learning/program/trunk.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { wideNetwork } from '../fixtures/wide-network.ts';
import { allowRelaxedSimd } from '../fixtures/relaxed-wasm.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const PARTS = { mirror: true, novelty: true };

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

/** The names of the tensors that the kernels compute. */
function byKernel(program: Program): string[] {
  const operations = trunkOf(program)?.list.operations ?? [];
  return operations
    .filter((each) => each.kind !== 'outside' || each.weights)
    .map(({ output }) => output);
}

/** What a page gives for a picture from -1 to 1: by a plan if the kernels compute anything. */
function answerOf(program: Program, picture: Float32Array) {
  const run = byKernel(program).length > 0 ? plannedNetwork(program)! : networkOf(program);
  return run({ rgb: picture.map((x) => (x + 1) * 127.5) });
}

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  if (/^a (model within|batch normalisation over rows)/.test(name)) continue;
  for (const simd of ['plain', 'relaxed'] as const) {
    test(`a page’s kernels answer as ${name} does, with ${simd} SIMD`, () => {
      // The flag stays for the tests after it, so those without it come first.
      if (simd === 'relaxed') allowRelaxedSimd();
      const network = trainedNetwork(build(), { classes: 3, knows: 'log-sum-exp' });
      const program = programOf(network, PARTS);
      for (const seed of [0, 1]) {
        const size = program.size ** 2 * 3;
        const picture = randomPictures(2, program.size).slice(seed * size, (seed + 1) * size);
        const expected = runProgram(program, picture);
        const answers = answerOf(program, picture);
        expect(largestDifference(answers.probabilities, expected.probabilities)).toBeLessThan(1e-5);
        expect(largestDifference(answers.novelty!, expected.novelty!)).toBeLessThan(1e-4);
      }
    });
  }
}

test('the kernels compute filters of any size, stride, dilation and padding', () => {
  const side = fc.integer({ min: 1, max: 3 });
  const small = fc.integer({ min: 0, max: 2 });
  const filters = fc.record({
    ...{ depthwise: fc.boolean(), height: side, width: side },
    ...{ strides: fc.tuple(side, side), dilations: fc.tuple(side, side) },
    padding: fc.record({ top: small, bottom: small, left: small, right: small }),
    ...{ channels: fc.integer({ min: 4, max: 9 }), out: fc.integer({ min: 8, max: 19 }) },
    size: fc.integer({ min: 7, max: 12 }),
    clamp: fc.constantFrom('linear', 'relu', 'relu6'),
    seed: fc.integer(),
  });
  let count = 0;
  fc.assert(
    fc.property(filters, (filter) => {
      const program = oneFilter(filter);
      count += byKernel(program).length;
      const picture = numbers(filter.seed, program.size ** 2 * 3);
      const expected = runProgram(program, picture).probabilities;
      expect(largestDifference(answerOf(program, picture).probabilities, expected)).toBeLessThan(
        1e-4,
      );
    }),
    { numRuns: 150 },
  );
  // Of 300 filters: those of the first kind have at least 8 channels half of the time.
  expect(count).toBeGreaterThan(75);
});

test('a mirrored network of usual width runs by kernels, its additions and all', () => {
  const program = programOf(trainedNetwork(wideNetwork()), PARTS);
  const kinds = program.operations.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['withMirror', 'add', 'depthwise', 'meanOfViews']));
  expect(byKernel(program)).toHaveLength(
    kinds.filter((kind) => /^(convolution|depthwise|add|globalAverage)$/.test(kind)).length,
  );
  const picture = randomPictures(1, program.size);
  const answers = answerOf(program, picture);
  const expected = runProgram(program, picture);
  expect(largestDifference(answers.probabilities, expected.probabilities)).toBeLessThan(1e-5);
  expect(largestDifference(answers.novelty!, expected.novelty!)).toBeLessThan(1e-4);
});

for (const [name, scaling] of Object.entries({
  'the ImageNet statistics': { mode: 'torch', range: [0, 1] },
  'BGR minus a mean': { mode: 'caffe', range: [0, 255] },
  '0 to 1': { range: [0, 1] },
} as const)) {
  for (const mirrored of [true, false]) {
    const views = mirrored ? 'both views' : 'one view';
    test(`a plan reads the bytes of a picture in the range of its base: ${name}, ${views}`, () => {
      const program = programOf(trainedNetwork(wideNetwork(), { scaling, mirrored }), PARTS);
      // The range is in the first convolution, so that nothing else reads the picture.
      const { operations } = trunkOf(program)!.list;
      expect(operations.filter(({ kind }) => kind === 'outside')).toEqual([]);
      const random = new Random(7);
      const length = program.size ** 2 * 4;
      const rgba = Uint8ClampedArray.from({ length }, () => 256 * random.next());
      const rgb = Float32Array.from(rgba.filter((_, i) => i % 4 < 3));
      const expected = runProgram(
        program,
        rgb.map((x) => x / 127.5 - 1),
      );
      for (const picture of [{ rgb }, { rgba, flip: false }]) {
        const { probabilities, novelty } = plannedNetwork(program)!(picture);
        expect(largestDifference(probabilities, expected.probabilities)).toBeLessThan(1e-4);
        expect(largestDifference(novelty!, expected.novelty!)).toBeLessThan(1e-3);
      }
    });
  }
}

test('a program is packed without loss', () => {
  const program = programOf(trainedNetwork(KERAS_NETWORKS['MobileNetV2']!()), PARTS);
  const unpacked = unpackProgram(packProgram(program));
  expect(unpacked).toEqual(program);
});

test('weights that are float16 already take two bytes each', () => {
  const weights = Float32Array.from({ length: 1000 }, (_, i) => (i - 500) / 1024);
  const operation = { kind: 'dense', kernel: weights, bias: new Float32Array(1) } as const;
  const program: Program = {
    ...{ input: 'x', size: 1, probabilities: 'y', labels: [] },
    operations: [{ ...operation, inputs: ['x'], output: 'y', shape: [1] }],
  };
  const packed = packProgram(program);
  expect(packed.bytes.length).toBeLessThan(2100);
  expect(unpackProgram(packed)).toEqual(program);
  const rough = weights.map((value) => value / 3);
  const finer: Program = {
    ...program,
    operations: [{ ...operation, kernel: rough, inputs: ['x'], output: 'y', shape: [1] }],
  };
  expect(packProgram(finer).bytes.length).toBeGreaterThan(4000);
  expect(unpackProgram(packProgram(finer))).toEqual(finer);
});

interface Filter {
  readonly depthwise: boolean;
  readonly height: number;
  readonly width: number;
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly padding: Padding;
  readonly channels: number;
  readonly out: number;
  readonly size: number;
  readonly clamp: 'linear' | 'relu' | 'relu6';
  readonly seed: number;
}

/** A program of one filter behind a 1x1 convolution, which makes the channels. */
function oneFilter(filter: Filter) {
  const { depthwise, height, width, channels, size, seed, strides, dilations, padding } = filter;
  const out = depthwise ? channels : filter.out;
  const [window0, window1] = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1];
  const side = (window: number, before: number, after: number, stride: number) =>
    Math.floor((size + before + after - window) / stride) + 1;
  const shape = [
    side(window0, padding.top, padding.bottom, strides[0]),
    side(window1, padding.left, padding.right, strides[1]),
    out,
  ];
  const common = { strides, dilations, padding, clamp: filter.clamp, inputs: ['x'], output: 'y' };
  const bias = numbers(seed + 1, out);
  const values = numbers(seed + 2, height * width * channels * (depthwise ? 1 : out));
  const operation: Operation = depthwise
    ? {
        ...{ ...common, kind: 'depthwise', shape, bias },
        kernel: { shape: [height, width, channels, 1], values },
      }
    : {
        ...{ ...common, kind: 'convolution', groups: 1, shape, bias },
        kernel: { shape: [height, width, channels, out], values },
      };
  const first: Operation = {
    ...{ kind: 'convolution', groups: 1, clamp: 'linear', strides: [1, 1], dilations: [1, 1] },
    ...{ padding: NO_PADDING, inputs: ['image'], output: 'x', shape: [size, size, channels] },
    kernel: { shape: [1, 1, 3, channels], values: numbers(seed + 3, 3 * channels) },
    bias: numbers(seed + 4, channels),
  };
  const program: Program = {
    ...{ input: 'image', size, operations: [first, operation], probabilities: 'y', labels: [] },
  };
  return program;
}

function numbers(seed: number, count: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => 2 * random.next() - 1);
}
