import { expect, test } from '@playwright/test';
import {
  bestStrength,
  compareStrengths,
  type StrengthCandidate,
  type StrengthEvidence,
} from '../../src/learning/training/choose-strength.ts';
import { Random } from '../../src/platform/random.ts';
import { PRESETS } from '../../src/records/presets.ts';

const LENGTH = 40;
const { strengths, kernelPrecision, biasPrecision } = PRESETS.quick.prior!;

/** What a base says of a photo of class 0 or 1: the difference of its known logits. */
type Says = (label: number, random: Random) => number;

const RIGHT: Says = (label, random) => (label === 1 ? 1.2 : -1.2) + random.next() - 0.5;
const WRONG: Says = (label, random) => -RIGHT(label, random);
const NOTHING: Says = (_, random) => 4 * random.next() - 2;

/** Features that tell two classes apart with some noise, and what a base says of the photos. */
function evidence(perClass: number, says: Says, seed = 1): StrengthEvidence {
  const random = new Random(seed);
  const photos = Array.from({ length: 2 * perClass }, (_, i) => ({
    id: String(i),
    label: i % 2,
    group: `group ${i}`,
  }));
  const features = photos.flatMap(({ label }) =>
    Array.from({ length: LENGTH }, (_, i) => random.next() + (i < 12 ? 0.5 * label : 0)),
  );
  return {
    photos,
    features: Float32Array.from(features),
    known: Float32Array.from(photos, ({ label }) => says(label, random)),
    priorTemperature: PRESETS.quick.priorTemperature,
  };
}

const candidates = (count: number): StrengthCandidate[] =>
  strengths.map(({ strength, doubt }) =>
    strength === 0
      ? { strength, doubt, l2: PRESETS.quick.l2, biasL2: 0 }
      : { strength, doubt, l2: kernelPrecision / count, biasL2: biasPrecision / count },
  );

const now = () => Promise.resolve();

async function chosen(all: StrengthEvidence): Promise<number> {
  const list = candidates(all.photos.length);
  const { trials, count } = await compareStrengths(all, list, now);
  expect(count).toBe(all.photos.length);
  return bestStrength(trials, list, count).strength;
}

for (const perClass of [1, 2, 3, 10, 40]) {
  test(`${perClass} photos of each class that the base is right about: it is believed`, async () => {
    expect(await chosen(evidence(perClass, RIGHT))).toBe(strengths[0]!.strength);
  });

  test(`${perClass} photos of each class that the base is wrong about: it is not believed`, async () => {
    expect(await chosen(evidence(perClass, WRONG))).toBe(0);
  });
}

test('a base that says anything of the photos is not believed', async () => {
  for (const seed of [1, 2, 3, 4, 5]) expect(await chosen(evidence(10, NOTHING, seed))).toBe(0);
});

test('the same photos give the same losses, bit for bit', async () => {
  const once = await compareStrengths(evidence(8, RIGHT), candidates(16), now);
  const again = await compareStrengths(evidence(8, RIGHT), candidates(16), now);
  expect(again).toEqual(once);
});

test('no head predicts a near-duplicate of what it has learned from', async () => {
  // Each class is one photo many times: nothing can be left out, and the base alone counts.
  const all = evidence(10, WRONG);
  const alike = all.photos.map((photo) => ({ ...photo, group: `group ${photo.label}` }));
  const list = candidates(20);
  const { trials } = await compareStrengths({ ...all, photos: alike }, list, now);
  const [, , alone] = trials;
  expect(alone!.strength).toBe(0);
  expect(alone!.loss).toBeCloseTo(Math.LN2);
  expect(bestStrength(trials, list, 20).strength).toBe(0);
});

test('of several classes, one logit each', async () => {
  const random = new Random(3);
  const photos = Array.from({ length: 24 }, (_, i) => ({
    ...{ id: String(i), label: i % 3, group: String(i) },
  }));
  const features = Float32Array.from(
    photos.flatMap(({ label }) => [0, 1, 2, 3].map((i) => random.next() + (i === label ? 1 : 0))),
  );
  const says = (factor: number) =>
    Float32Array.from(
      photos.flatMap(({ label }) => [0, 1, 2].map((o) => (o === label ? factor : 0))),
    );
  const rest = { photos, features, priorTemperature: 1 };
  expect(await chosen({ ...rest, known: says(3) })).toBe(strengths[0]!.strength);
  expect(await chosen({ ...rest, known: says(-3) })).toBe(0);
});

test('it can be stopped between two heads', async () => {
  let turns = 0;
  const stop = () => (++turns < 3 ? Promise.resolve() : Promise.reject(new Error('stopped')));
  await expect(compareStrengths(evidence(10, RIGHT), candidates(20), stop)).rejects.toThrow(
    'stopped',
  );
  expect(turns).toBe(3);
});
