import { expect, test } from '@playwright/test';
import { adviceFor } from '../../src/pages/photos/examine/examine-sentences.ts';
import { randomPhotos } from '../../src/pages/photos/examine/random-photos.ts';
import { imbalanceOf } from '../../src/photos/imbalance.ts';
import { trainingSet } from '../../src/photos/training-set.ts';
import { examine } from '../../src/photos/examine.ts';
import type { SplitPhoto } from '../../src/photos/training-splits.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const CAT = { id: 'cat', name: 'Cat', order: 0, palette: 0 };
const DOG = { id: 'dog', name: 'Dog', order: 1, palette: 1 };
const FOX = { id: 'fox', name: 'Fox', order: 2, palette: 2 };

/** `count` photos of a class, of which the first ones are in the test and validation splits. */
function photos(classId: string, count: number, test = 2, validation = 2): SplitPhoto[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${classId}${i}`,
    sha256: `${classId}${i}`,
    createdAt: i,
    classId,
    split: i < test ? 'test' : i < test + validation ? 'validation' : 'train',
  }));
}

const kinds = (library: ReturnType<typeof photos>, classes = [CAT, DOG]) =>
  examine(classes, library).warnings.map((warning) => warning.kind);

test('counts and splits, by class and in all', () => {
  const { classes, total, splits } = examine(
    [CAT, DOG],
    [...photos('cat', 12), ...photos('dog', 10, 1, 3)],
  );
  expect(total).toBe(22);
  expect(classes.map(({ photos }) => photos)).toEqual([12, 10]);
  expect(classes[0]).toMatchObject({ training: 8, validation: 2, test: 2 });
  expect(classes[1]).toMatchObject({ training: 6, validation: 3, test: 1 });
  expect(splits).toEqual({ train: 14, validation: 5, test: 3 });
});

test('nothing to warn of where there are enough, and nothing where there is nothing', () => {
  expect(kinds([...photos('cat', 10), ...photos('dog', 16)])).toEqual([]);
  expect(kinds([])).toEqual([]);
});

test('the imbalance is that of which Train warns: more than twice the training photos', () => {
  const library = [...photos('cat', 10), ...photos('dog', 30)];
  expect(examine([CAT, DOG], library).warnings).toMatchObject([
    { kind: 'imbalance', most: { id: 'dog' }, least: { id: 'cat' }, ratio: 26 / 6 },
  ]);
  expect(imbalanceOf(trainingSet([CAT, DOG], library).learned)?.ratio).toBe(26 / 6);
});

test('too few, none, an imbalance, and nothing that tests', () => {
  expect(kinds([...photos('cat', 9), ...photos('dog', 12)])).toEqual(['few-photos']);
  expect(kinds(photos('dog', 12))).toEqual(['no-photos']);
  expect(kinds([...photos('cat', 10), ...photos('dog', 17)])).toEqual(['imbalance']);
  expect(kinds([...photos('cat', 10, 0), ...photos('dog', 12)])).toEqual(['no-test']);
  // A class without photos does not make the others unequal.
  expect(kinds([...photos('cat', 12), ...photos('dog', 12)], [CAT, DOG, FOX])).toEqual([
    'no-photos',
  ]);
});

test('each warning says of what, how much, and what to do', () => {
  const { warnings } = examine([CAT, DOG, FOX], [...photos('cat', 4), ...photos('dog', 40)]);
  const advice = warnings.map(adviceFor);
  const said = warnings.map(({ kind }, i) => [kind, [advice[i]!.title, advice[i]!.sentence]]);
  expectSentences('examine', Object.fromEntries(said) as Record<string, string[]>);
  for (const { action } of advice) expect(action?.href).toBe('#/capture');
});

test('random examples are different photos, each of them as likely', () => {
  const library = Array.from({ length: 20 }, (_, i) => i);
  const seen = new Map<number, number>();
  for (let round = 0; round < 2000; round++) {
    for (const photo of new Set(randomPhotos(library, 9)))
      seen.set(photo, (seen.get(photo) ?? 0) + 1);
  }
  const counts = library.map((photo) => seen.get(photo)!);
  expect(counts.reduce((a, b) => a + b)).toBe(9 * 2000);
  // 900 expected, standard deviation 22.
  expect(Math.min(...counts)).toBeGreaterThan(750);
  expect(Math.max(...counts)).toBeLessThan(1050);
  expect(randomPhotos([1, 2], 9)).toHaveLength(2);
});
