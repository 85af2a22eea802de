import { expect, test } from '@playwright/test';
import { compareReading } from '../../src/learning/training/choose-further.ts';
import { compareStrengths } from '../../src/learning/training/choose-strength.ts';
import { Random } from '../../src/platform/random.ts';
import { PRESETS } from '../../src/records/presets.ts';

const { l2, priorTemperature, furtherDoubt } = PRESETS.quick;
const CANDIDATE = { strength: 0, doubt: 0, l2, biasL2: 0 };
const LENGTHS = { lastMap: 40, further: 8 };

/** How far apart two classes are, in the features of the last map and in further ones. */
interface Apart {
  readonly lastMap: number;
  readonly further: number;
}

/** The held-out loss of heads that read the last map alone, or the further features too. */
async function lossOf(perClass: number, apart: Apart, readsFurther: boolean) {
  const random = new Random(1);
  const photos = Array.from({ length: 2 * perClass }, (_, i) => ({
    id: String(i),
    label: i % 2,
    group: String(i),
  }));
  const features = photos.flatMap(({ label }) => {
    const block = (length: number, distance: number) =>
      Array.from({ length }, () => random.next() + distance * label);
    const [own, more] = [
      block(LENGTHS.lastMap, apart.lastMap),
      block(LENGTHS.further, apart.further),
    ];
    return readsFurther ? [...own, ...more] : own;
  });
  const evidence = {
    ...{ photos, features: Float32Array.from(features), priorTemperature },
    known: new Float32Array(photos.length),
  };
  const { trials, count } = await compareStrengths(evidence, [CANDIDATE], () => Promise.resolve());
  return { loss: trials[0]!.loss, count };
}

async function chosen(perClass: number, apart: Apart) {
  const alone = await lossOf(perClass, apart, false);
  let asked = 0;
  const together = () => {
    asked++;
    return lossOf(perClass, apart, true);
  };
  return { ...(await compareReading(alone, together, furtherDoubt!)), asked };
}

test('further features are read where only they tell the classes apart', async () => {
  for (const perClass of [10, 30]) {
    const { helps, furtherChoice } = await chosen(perClass, { lastMap: 0, further: 0.6 });
    expect(helps, `${perClass} photos of each class`).toBe(true);
    expect(furtherChoice.together).toBeLessThan(furtherChoice.alone);
    expect(furtherChoice.count).toBe(2 * perClass);
  }
});

test('they are not read where they say nothing, or little more than the last map', async () => {
  for (const perClass of [3, 10, 30]) {
    for (const apart of [
      { lastMap: 0, further: 0 },
      { lastMap: 0.5, further: 0 },
      { lastMap: 0.5, further: 0.05 },
    ]) {
      const { helps } = await chosen(perClass, apart);
      expect(helps, `${perClass} photos, ${JSON.stringify(apart)}`).toBe(false);
    }
  }
});

test('where nothing is left to gain, no head with them is trained', async () => {
  const { helps, asked, furtherChoice } = await chosen(10, { lastMap: 2, further: 2 });
  expect({ helps, asked }).toEqual({ helps: false, asked: 0 });
  expect(furtherChoice).not.toHaveProperty('together');
});

test('the tutorial never reads them', () => {
  expect(PRESETS.tutorial.furtherDoubt).toBeUndefined();
});
