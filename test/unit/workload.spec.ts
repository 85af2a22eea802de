import { expect, test } from '@playwright/test';
import { describeMobileNetV2 } from '../fixtures/describe-mobilenet-v2.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { expectedSeconds } from '../../src/learning/estimate/expected-seconds.ts';
import { withMeasured } from '../../src/learning/estimate/throughput.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { fractionBefore, workloadOf } from '../../src/learning/estimate/workload.ts';
import { plannedPhotos } from '../fixtures/epoch-loop-setting.ts';
import type { TrainOptions } from '../../src/records/training.ts';

const LAYER = 'block_11_expand_relu';
const LAYERS = describeMobileNetV2(mobileNetV2(), 160);
const PHOTOS = plannedPhotos({ train: 20, validation: 6, test: 4 }, 2);

/** Every photo has these variants. */
const stored = (...variants: string[]) =>
  new Map(
    Object.values(PHOTOS)
      .flat()
      .map(({ id }) => [id, new Set(variants)]),
  );

const workOf = (options: TrainOptions, features = stored('plain', 'flip')) =>
  workloadOf(
    { hyperparameters: hyperparametersOf(options, LAYER), photos: PHOTOS },
    features,
    LAYERS,
  );

test.describe('what a training has to do', () => {
  test('Quick, with and without the features', () => {
    const ready = { pictures: 0, arriving: 0, headEpochs: 40, examples: 40 * 2 * 20, passes: 0 };
    expect(workOf({ preset: 'quick' })).toMatchObject({ ...ready, boundaries: 0 });
    expect(workOf({ preset: 'quick' }, new Map())).toMatchObject({ pictures: 60, arriving: 60 });
    expect(workOf({ preset: 'quick' }, stored('plain'))).toMatchObject({ pictures: 30 });
  });

  test('Tutorial: an augmentation of each training photo for each epoch', () => {
    const head = { preset: 'tutorial', fineTuning: false } as const;
    expect(workOf(head)).toMatchObject({ pictures: 200, arriving: 0, examples: 200 });
    expect(workOf(head, new Map())).toMatchObject({ pictures: 200 + 60, arriving: 60 });
    const two = stored('plain', 'flip', 'augmented-1', 'augmented-2');
    expect(workOf(head, two)).toMatchObject({ pictures: 160 });
  });

  test('fine-tuning: three passes an example and one a validation photo, of what is not frozen', () => {
    const frozen = fractionBefore(LAYERS, LAYER);
    const tutorial = workOf({ preset: 'tutorial' });
    expect(tutorial.frozenFraction).toBe(frozen);
    expect(tutorial.boundaries).toBe(10 * 20 + 6 + 4 + 20);
    expect(tutorial.passes).toBeCloseTo((1 - frozen) * (10 * (3 * 20 + 6) + 10 + 20), 9);
    const quick = workOf({ preset: 'quick', fineTuning: true });
    // Computed once, and the mirror images too.
    expect(quick.boundaries).toBe(2 * 20 + 2 * (6 + 4));
    expect(quick.freshBoundaries).toBe(false);
  });

  test('the tutorial’s frozen part is more than half of the multiplications', () => {
    expect(fractionBefore(LAYERS, LAYER)).toBeGreaterThan(0.55);
    expect(fractionBefore(LAYERS, LAYER)).toBeLessThan(0.7);
    expect(fractionBefore(LAYERS, 'Conv1')).toBe(0);
    expect(fractionBefore(LAYERS, 'block_3_expand')).toBeLessThan(
      fractionBefore(LAYERS, 'block_9_expand'),
    );
  });
});

test.describe('how long it is going to take', () => {
  test('by what was measured', () => {
    const throughput = { picture: 0.02, example: 1e-3, headEpoch: 0.05, boundary: 0.03, pass: 0.1 };
    const work = workOf({ preset: 'tutorial' });
    const { seconds, measured } = expectedSeconds(work, throughput, 1);
    expect(measured).toBe(true);
    expect(seconds).toEqual({
      features: expect.closeTo(200 * 0.02),
      head: expect.closeTo(200 * 1e-3 + 10 * 0.05),
      boundaries: expect.closeTo(work.boundaries * 0.03),
      fineTuning: expect.closeTo(work.passes * 0.1),
    });
  });

  test('before any training, by the self-test’s way through the base', () => {
    const work = workOf({ preset: 'tutorial' });
    const { seconds, measured } = expectedSeconds(work, {}, 0.02);
    expect(measured).toBe(false);
    expect(seconds.features).toBeCloseTo(200 * 0.02);
    expect(seconds.boundaries).toBeCloseTo(work.boundaries * 0.02 * work.frozenFraction);
    expect(seconds.fineTuning).toBeCloseTo(work.passes * 0.02);
  });

  test('before any fine-tuning, by photos where they were faster than the self-test', () => {
    // An engine that was still compiling, and one whose photos waited for the disk.
    const work = workOf({ preset: 'tutorial' });
    const said = (forward: number) =>
      expectedSeconds(work, { picture: 0.04 }, forward).seconds.fineTuning;
    expect(said(0.16)).toBeCloseTo(work.passes * 0.04);
    expect(said(0.02)).toBeCloseTo(work.passes * 0.02);
  });

  test('a second training of the same kind, and one of another depth: within a factor of two', () => {
    // Of `npm run bench -- estimate`: 40, 8 and 8 drawn pets, wasm on two busy cores.
    const photos = plannedPhotos({ train: 40, validation: 8, test: 8 }, 2);
    const ready = new Map(
      Object.values(photos)
        .flat()
        .map(({ id }) => [id, new Set(['plain', 'flip'])]),
    );
    const workFrom = (fromLayer: string) => {
      const options = { preset: 'quick', fineTuning: { epochs: 2, fromLayer } } as const;
      const hyperparameters = hyperparametersOf(options, LAYER);
      return workloadOf({ hyperparameters, photos }, ready, LAYERS);
    };
    const work = workFrom(LAYER);
    const took = { head: 0.36, boundaries: 8.85, fineTuning: 34.49 };
    const throughput = {
      example: took.head / work.examples,
      boundary: took.boundaries / work.boundaries,
      pass: took.fineTuning / work.passes,
    };
    const said = (fromLayer: string) => {
      const { seconds } = expectedSeconds(workFrom(fromLayer), throughput, 1);
      return Object.values(seconds).reduce((a, b) => a + b);
    };
    for (const [layer, seconds] of [
      [LAYER, 27.06],
      ['block_8_expand', 40.43],
    ] as const) {
      expect(seconds / said(layer)).toBeGreaterThan(0.5);
      expect(seconds / said(layer)).toBeLessThan(2);
    }
  });

  test('a head whose features are there is known as soon as one was trained', () => {
    const head = { example: 1e-3, headEpoch: 0.01 };
    expect(expectedSeconds(workOf({ preset: 'quick' }), head, 1).measured).toBe(true);
    expect(expectedSeconds(workOf({ preset: 'quick' }, new Map()), head, 1).measured).toBe(false);
    expect(expectedSeconds(workOf({ preset: 'tutorial' }), head, 1).measured).toBe(false);
  });

  test('a newer measurement counts half, and what is no number nothing', () => {
    const before = { picture: 0.02, pass: 0.1 };
    const after = withMeasured(before, { picture: 0.04, pass: NaN, example: 0, headEpoch: 0.5 });
    expect(after).toEqual({ picture: 0.03, pass: 0.1, headEpoch: 0.5 });
  });
});
