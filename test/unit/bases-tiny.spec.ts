import { expect, test } from '@playwright/test';
import { referenceNetwork } from '../../scripts/bases/reference-network.ts';
import { goldenDifference } from '../../src/learning/network/golden-check.ts';
import { makeTinyBase, tinyBase } from '../fixtures/base-tiny.ts';

test('the tiny base is the same for the same seed', async ({}, testInfo) => {
  const [first, second, other] = [
    await tinyBase(testInfo.outputPath('first')),
    await tinyBase(testInfo.outputPath('second'), { seed: 1 }),
    await tinyBase(testInfo.outputPath('other'), { seed: 2 }),
  ];
  expect(second).toEqual(first);
  expect(other.files[1]!.sha256).not.toBe(first.files[1]!.sha256);
});

test('its features live, whatever the seed and the number of blocks', async () => {
  for (const seed of [1, 2, 3]) {
    for (const blocks of [1, 3, 5]) {
      const base = makeTinyBase({ seed, blocks });
      const features = await (await referenceNetwork(base.spec, base.files)).features(32);
      expect(features.filter((value) => value > 0.01).length).toBeGreaterThan(16);
      expect(Math.max(...features)).toBeLessThan(6);
    }
  }
});

test('its golden features are its own', async ({}, testInfo) => {
  const spec = await tinyBase(testInfo.outputPath('bases'));
  const base = makeTinyBase({});
  const features = await (await referenceNetwork(base.spec, base.files)).features(32);
  expect(goldenDifference(features, spec.golden[0]!)).toBe(0);
});
