import type { Page } from '@playwright/test';
import { inputRange } from '../../../src/learning/network/input-range.ts';
import type { Operation, OperationList } from '../../../src/learning/network/plan/operation.ts';
import type { InputRange } from '../../../src/learning/network/plan/plan.ts';
import { Random } from '../../../src/platform/random.ts';
import { difference, pictureForms } from '../../fixtures/picture-forms.ts';
import {
  randomConvolution,
  runReference,
  smallMobileNet,
  type ReferenceMap,
} from '../../fixtures/reference-network.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';

test.use({ webgpu: true });

const RANGE = inputRange({ inputRange: [-1, 1] });
const TOLERANCE = 1e-4;
const OUTPUTS = 3;
const ANCHORS = 2;
const CLASSES = 3;

interface Case {
  readonly name: string;
  readonly list: OperationList;
  readonly size: number;
  readonly range?: InputRange;
}

/** The two projections that a reader is asked for, of random weights. */
function projections(channels: number) {
  const random = new Random(11);
  const numbers = (length: number) => Float32Array.from({ length }, () => random.next() - 0.5);
  const known = {
    kernel: numbers(channels * CLASSES * ANCHORS),
    bias: numbers(CLASSES * ANCHORS),
    anchors: ANCHORS,
  };
  return {
    known,
    head: { kernel: numbers(channels * OUTPUTS), bias: numbers(OUTPUTS), outputs: OUTPUTS },
  };
}

/** Logits of the known classes over some places, in double precision. */
function knownOf(
  { shape: [, , channels], values }: ReferenceMap,
  places: readonly number[],
  { kernel, bias }: { readonly kernel: Float32Array; readonly bias: Float32Array },
  pooling: 'mean' | 'log-sum-exp',
): number[] {
  const columns = bias.length;
  return Array.from({ length: CLASSES }, (_, known) => {
    const logits = places.flatMap((place) =>
      Array.from({ length: ANCHORS }, (_, anchor) => {
        const column = known * ANCHORS + anchor;
        let sum = bias[column]!;
        for (let c = 0; c < channels; c++)
          sum += values[place * channels + c]! * kernel[c * columns + column]!;
        return sum;
      }),
    );
    const sum = logits.reduce((a, b) => a + (pooling === 'mean' ? b : Math.exp(b)), 0);
    return pooling === 'mean' ? sum / logits.length : Math.log(sum);
  });
}

async function check(page: Page, { name, list, size, range = RANGE }: Case): Promise<void> {
  const { forms, map } = pictureForms(size, range);
  // More pictures than one pass takes.
  const pictures = [...forms, ...forms];
  const expected = runReference(list, map).get(list.output)!;
  const [height, width, channels] = expected.shape;
  const places = Array.from({ length: height * width }, (_, place) => place);
  const { known, head } = projections(channels);
  const poolings = ['mean', 'log-sum-exp'] as const;
  const found = await page.evaluate(
    async ({ list, range, batch, wanted }) =>
      (await harness.gpuPlans()).runGpuPlan(list, range, batch, wanted),
    {
      ...{ list, range, batch: { size, pictures } },
      wanted: [
        {},
        ...poolings.map((pooling) => ({ known: { ...known, pooling }, head })),
        { head },
      ],
    },
  );
  const means = Float64Array.from(
    { length: channels },
    (_, c) =>
      places.reduce((sum, place) => sum + expected.values[place * channels + c]!, 0) /
      places.length,
  );
  const ofHead = places.map((place) =>
    Array.from({ length: OUTPUTS }, (_, output) =>
      Array.from({ length: channels }, (_, c) => c).reduce(
        (sum, c) =>
          sum + expected.values[place * channels + c]! * head.kernel[c * OUTPUTS + output]!,
        head.bias[output]!,
      ),
    ),
  );
  const expectRows = (what: string, values: Float32Array, row: ArrayLike<number>) => {
    expect(values, `${name}: ${what}`).toHaveLength(pictures.length * row.length);
    pictures.forEach((_, picture) => {
      const part = values.subarray(picture * row.length, (picture + 1) * row.length);
      expect(difference(part, row), `${name}: ${what} of ${picture}`).toBeLessThan(TOLERANCE);
    });
  };
  expectRows('map', found.map, expected.values);
  const [plain, mean, logSumExp, headAlone] = found.readouts;
  expectRows('features', plain!.features, means);
  expectRows('no known classes', plain!.known, []);
  for (const [readout, pooling] of [
    [mean!, 'mean'],
    [logSumExp!, 'log-sum-exp'],
  ] as const) {
    expectRows(`features, ${pooling}`, readout.features, means);
    expectRows(`known, ${pooling}`, readout.known, knownOf(expected, places, known, pooling));
    const each = places.flatMap((place) => [
      ...knownOf(expected, [place], known, pooling),
      ...ofHead[place]!,
    ]);
    expectRows(`places, ${pooling}`, readout.places, each);
  }
  expectRows('places of a head alone', headAlone!.places, ofHead.flat());
}

test('plans on WebGPU give what loops give: maps, features, known classes and places', async ({
  page,
}) => {
  const cases: Case[] = [
    ...[16, 33, 64].map((size) => ({ name: `${size} pixels`, list: smallMobileNet(), size })),
    { name: 'few channels', list: smallMobileNet(12), size: 32 },
    { name: 'many channels', list: smallMobileNet(44), size: 20 },
  ];
  for (const each of cases) await check(page, each);
});

test('an output anywhere in the network, and one that is pooled', async ({ page }) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const list = smallMobileNet();
  for (const output of ['first', 'd0', 'p0', 'd1', 'a1', 'd2', 'p2']) {
    const end = list.operations.findIndex((each) => each.output === output);
    const operations = list.operations.slice(0, end + 1);
    await check(page, { name: output, list: { ...list, output, operations }, size: 24 });
  }
  const operations: Operation[] = [
    ...list.operations.slice(0, -1),
    { kind: 'pool', inputs: ['p2'], output: 'pooled' },
  ];
  await check(page, { name: 'pooled', list: { ...list, output: 'pooled', operations }, size: 32 });
});

test('each range of the input, stride, side and padding, and a sum of its own', async ({
  page,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const random = new Random(3);
  const first = randomConvolution(random, [3, 3, 3, 8], { inputs: ['in'], output: 'first' });
  for (const [mode, size] of [
    ['torch', 17],
    ['caffe', 16],
  ] as const) {
    // Caffe's range is 128 times as wide, and so are the sums.
    const scale = mode === 'caffe' ? 128 : 1;
    const scaled = { ...first, filter: first.filter.map((weight) => weight / scale) };
    const range = inputRange({ preprocessing: mode, inputRange: [0, 1] });
    const list = { input: 'in', output: 'first', operations: [scaled] };
    await check(page, { name: mode, list, size, range });
  }
  for (const pad of ['same', 'valid'] as const) {
    for (const [stride, side, size] of [
      [1, 1, 5],
      [2, 3, 12],
      [2, 5, 13],
      [3, 7, 29],
    ] as const) {
      const operations = [
        randomConvolution(random, [side, side, 3, 8], {
          ...{ inputs: ['in'], output: 'first', pad, stride },
        }),
        randomConvolution(random, [3, 3, 8, 1], {
          ...{ inputs: ['first'], output: 'last', pad, stride, depthwise: true },
        }),
      ];
      const name = `${pad}, stride ${stride}, side ${side}`;
      const fits = pad === 'same' || size > 3 * stride + side;
      const list = { input: 'in', output: fits ? 'last' : 'first', operations };
      await check(page, {
        ...{ name, size },
        list: { ...list, operations: fits ? operations : operations.slice(0, 1) },
      });
    }
  }
  const branch = (output: string) =>
    randomConvolution(random, [1, 1, 8, 8], { inputs: ['first'], output, activation: 'relu' });
  const operations: Operation[] = [
    ...[first, branch('a'), branch('b')],
    { kind: 'add', inputs: ['a', 'b'], output: 'sum' },
    { kind: 'add', inputs: ['sum', 'sum'], output: 'twice' },
  ];
  await check(page, {
    ...{ name: 'sums', size: 18, list: { input: 'in', output: 'twice', operations } },
  });
});
