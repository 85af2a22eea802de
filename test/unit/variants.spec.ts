import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { pixelTensor } from '../../src/learning/input/picture-batch.ts';
import { augment } from '../../src/learning/input/augment.ts';
import { augmentationOf, fnv1a, variantBatch } from '../../src/learning/input/variants.ts';

const PHOTO = '2f0c8a52-6d5d-4a9e-9a55-0b6f3f0c7d11';

test('FNV-1a as its authors print it', () => {
  // The test vectors of the Internet-Draft, appendix C.
  expect(fnv1a('')).toBe(0x811c9dc5);
  expect(fnv1a('a')).toBe(0xe40c292c);
  expect(fnv1a('foobar')).toBe(0xbf9cf968);
});

test('plain and flip turn nothing', () => {
  expect(augmentationOf(PHOTO, 'plain')).toEqual({ flip: false, angle: 0 });
  expect(augmentationOf(PHOTO, 'flip')).toEqual({ flip: true, angle: 0 });
});

test('a random variant is the same every time, and another for each photo and number', () => {
  const drawn = augmentationOf(PHOTO, 'augmented-3');
  expect(augmentationOf(PHOTO, 'augmented-3')).toEqual(drawn);
  const angles = new Set<number>();
  for (const id of [PHOTO, 'another', 'a third']) {
    for (let n = 1; n <= 20; n++) angles.add(augmentationOf(id, `augmented-${n}`).angle);
  }
  expect(angles.size).toBe(60);
});

test('what a photo became yesterday it becomes tomorrow', () => {
  // Features are stored under the variant's name: a new seeding would need new names.
  expect(augmentationOf(PHOTO, 'augmented-1')).toEqual({
    flip: true,
    angle: 0.42867072870678025,
  });
});

test('the variants of many photos flip half of them and turn to both sides alike', () => {
  const draws = Array.from({ length: 1000 }, (_, i) =>
    ([1, 2, 3, 4] as const).map((n) => augmentationOf(`photo-${i}`, `augmented-${n}`)),
  ).flat();
  // Four standard deviations of 4,000 fair coins: 126; of the mean of as many angles: 2.6 degrees.
  expect(Math.abs(draws.filter(({ flip }) => flip).length - 2000)).toBeLessThan(126);
  const mean = draws.reduce((sum, { angle }) => sum + angle, 0) / draws.length;
  expect(Math.abs((mean / Math.PI) * 180)).toBeLessThan(2.6);
});

test('a variant that is none is refused', () => {
  for (const name of ['zoom', 'augmented-', 'augmented-0', 'augmented-1.5', 'augmented--1']) {
    expect(() => augmentationOf(PHOTO, name)).toThrow(name);
  }
});

test('a batch holds each variant of all pictures behind the other, exactly', async () => {
  await tf.setBackend('cpu');
  const size = 5;
  const picture = (id: string, first: number) => ({
    id,
    rgba: Uint8ClampedArray.from({ length: 4 * size * size }, (_, i) => (first + 7 * i) % 256),
  });
  const pictures = [picture('one', 3), picture('two', 90)];
  const variants = ['flip', 'plain', 'augmented-2'] as const;
  const batch = variantBatch(pictures, variants, size);
  const pixels = pixelTensor(batch);
  expect(pixels.shape).toEqual([6, size, size, 3]);
  const values = [...pixels.dataSync()];
  pixels.dispose();
  const expected = variants.flatMap((variant) =>
    pictures.flatMap(({ id, rgba }) => [...augment(rgba, size, augmentationOf(id, variant))]),
  );
  expect(values).toEqual(expected);
  const plain = values.slice(2 * size * size * 3, 3 * size * size * 3);
  expect(plain).toEqual([...pictures[0]!.rgba].filter((_, i) => i % 4 < 3));
});
