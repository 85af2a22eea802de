import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { compareHeads } from '../../src/learning/export/compare-heads.ts';
import { knownWeights } from '../../src/learning/features/known-weights.ts';
import { headFromBytes, headToBytes } from '../../src/models/formats/phone/head-bytes.ts';
import { PRECISIONS, type PhoneHead } from '../../src/models/formats/phone/phone-model.ts';
import { readPhoneModel } from '../../src/models/formats/phone/read-phone-model.ts';
import { writePhoneModel } from '../../src/models/formats/phone/write-phone-model.ts';
import { toFloat16 } from '../../src/platform/float16.ts';
import { models, ofTwo } from '../fixtures/phone-models.ts';

test('a model is read as it was written, exactly at float32', async () => {
  await fc.assert(
    fc.asyncProperty(models, async (model) => {
      expect(await readPhoneModel(await writePhoneModel(model, 'float32'))).toEqual(model);
    }),
    { numRuns: 50 },
  );
});

test('rounding moves a weight by at most half a step', async () => {
  await fc.assert(
    fc.asyncProperty(models, async (model) => {
      const { kernel, bias } = model.head;
      const largest = Array.from(bias, (_, column) =>
        Math.max(...kernel.filter((_, at) => at % bias.length === column).map(Math.abs)),
      );
      const half = {
        int8: (i: number) => largest[i % bias.length]! / 253.9 + 2 ** -120,
        float16: (i: number) => Math.abs(kernel[i]!) * 2 ** -11 + 2 ** -25,
      };
      for (const precision of ['int8', 'float16'] as const) {
        const { head } = await readPhoneModel(await writePhoneModel(model, precision));
        expect(head.bias).toEqual(bias);
        const far = [...kernel.keys()].filter(
          (i) => !(Math.abs(head.kernel[i]! - kernel[i]!) <= half[precision](i)),
        );
        expect(far).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});

test('a model of two classes on the default base is small', async () => {
  const sizes = await Promise.all(
    PRECISIONS.map(async (precision) => (await writePhoneModel(ofTwo(), precision)).length),
  );
  expect(sizes[0]).toBeLessThan(1_900);
  expect(sizes[1]).toBeLessThan(3_200);
  expect(sizes[2]).toBeLessThan(5_800);
});

test('at 8 bits the answers of a head like a trained one hardly change', () => {
  const { head } = ofTwo();
  const rounded = headFromBytes(headToBytes(head, 'int8'), 'int8', 1280, 1);
  // Features as after a ReLU: many zeros.
  const features = Float32Array.from({ length: 200 * 1280 }, (_, i) =>
    Math.max(0, Math.sin(i * 1.7) + Math.cos(i * 0.31)),
  );
  const { count, same, difference } = compareHeads(head, rounded, { features, temperature: 1 });
  expect(count).toBe(200);
  expect(same).toBeGreaterThanOrEqual(198);
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(0.05);
});

test('two heads are compared with the prior and the temperature', () => {
  const head: PhoneHead = { kernel: Float32Array.of(1, -1), bias: Float32Array.of(0) };
  const other: PhoneHead = { kernel: Float32Array.of(1, -1), bias: Float32Array.of(2) };
  const features = Float32Array.of(1, 2, 2, 1);
  const result = compareHeads(head, other, {
    features,
    prior: Float32Array.of(0, 5),
    temperature: 2,
  });
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  expect(result).toMatchObject({ count: 2, same: 1 });
  expect(result.difference).toBeCloseTo(sigmoid(0.5) - sigmoid(-0.5), 6);
});

test('the weights of known classes are picked from the file of the base', () => {
  const known = {
    anchors: 2,
    pooling: 'mean' as const,
    classes: ['person', 'cat', 'dog'].map((id) => ({ id, names: { en: [], es: [], ar: [] } })),
  };
  // Kernel [classes, anchors, features] of 3 features, then the bias [classes, anchors].
  const file = toFloat16(Float32Array.from({ length: 6 * 4 }, (_, i) => i)).buffer as ArrayBuffer;
  const matched = [
    { id: 'dog', index: 2 },
    { id: 'cat', index: 1 },
  ];
  const { kernel, bias } = knownWeights(known, 3, file, matched);
  expect([...kernel]).toEqual([12, 15, 6, 9, 13, 16, 7, 10, 14, 17, 8, 11]);
  expect([...bias]).toEqual([22, 23, 20, 21]);
  expect(() => knownWeights(known, 3, file, [{ id: 'cat', index: 2 }])).toThrow(RangeError);
  expect(() => knownWeights(known, 4, file, matched)).toThrow(RangeError);
});
