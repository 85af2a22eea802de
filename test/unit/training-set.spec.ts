import { expect, test } from '@playwright/test';
import { newPhotos } from '../../src/pages/train/training-input.ts';
import { newGroupSplit } from '../../src/photos/new-group-split.ts';
import { stableSplit } from '../../src/photos/stable-split.ts';
import { neediestClass, trainingSet } from '../../src/photos/training-set.ts';
import { withTrainingSplits } from '../../src/photos/training-splits.ts';
import type { PhotoRecord, Split } from '../../src/records/photo.ts';
import type { ClassRecord } from '../../src/records/class.ts';

const CAT: ClassRecord = { id: 'cat', name: 'Cat', order: 0, palette: 0 };
const DOG: ClassRecord = { id: 'dog', name: 'Dog', order: 1, palette: 1 };
const RABBIT: ClassRecord = { id: 'rabbit', name: 'Rabbit', order: 2, palette: 2 };
const CLASSES = [CAT, DOG];

test.describe('training set', () => {
  test('counts by class and by split', () => {
    const photos = [
      photo('a', 'cat', 'train'),
      photo('b', 'dog', 'train'),
      photo('c', 'dog', 'test'),
    ];
    const set = trainingSet(CLASSES, photos);
    expect(set.counts).toEqual({ train: 2, validation: 0, test: 1 });
    expect(set.classes.map(({ photos, training }) => [photos, training])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(set.isTrainable).toBe(true);
  });

  test('a class without photos is left out and does not stop the others', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'dog', 'train')];
    const set = trainingSet([CAT, RABBIT, DOG], photos);
    expect(set.learned.map(({ id }) => id)).toEqual(['cat', 'dog']);
    expect(set.leftOut.map(({ id }) => id)).toEqual(['rabbit']);
    expect(set.isTrainable).toBe(true);
    expect(trainingSet([CAT, DOG, RABBIT], [photo('a', 'cat', 'train')]).isTrainable).toBe(false);
  });

  test('a class below the minimum is left out with all of its photos', () => {
    const cats = ['a', 'b', 'c'].map((id) => photo(id, 'cat', 'train'));
    const dogs = [photo('d', 'dog', 'train'), photo('e', 'dog', 'test')];
    const set = trainingSet(CLASSES, [...cats, ...dogs], { fewest: 3 });
    expect(set.leftOut.map(({ id }) => id)).toEqual(['dog']);
    expect(set.counts).toEqual({ train: 3, validation: 0, test: 0 });
  });

  test('photos that cannot be read do not count', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'dog', 'train')];
    expect(trainingSet(CLASSES, photos, { unreadable: ['b'] }).isTrainable).toBe(false);
  });

  test('a photo of a class that was removed does not count', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'gone', 'train')];
    expect(trainingSet(CLASSES, photos).counts.train).toBe(1);
  });
});

test.describe('each class teaches first', () => {
  test('a class whose photos are all kept aside teaches with its oldest group', () => {
    const photos = [
      photo('a', 'cat', 'train', { createdAt: 1 }),
      photo('b', 'dog', 'validation', { createdAt: 2 }),
      photo('c', 'dog', 'test', { createdAt: 3 }),
    ];
    expect(splitsOf(photos)).toEqual(['train', 'train', 'test']);
    // The order in which they are read does not matter.
    expect(splitsOf(photos.toReversed())).toEqual(['test', 'train', 'train']);
    expect(trainingSet(CLASSES, photos).isTrainable).toBe(true);
  });

  test('a burst moves as a whole, also the photos of it that got another label', () => {
    const burst = { burstId: 'first' };
    const photos = [
      photo('first', 'dog', 'test', { createdAt: 5 }),
      photo('b', 'dog', 'test', burst),
      photo('c', 'cat', 'test', burst),
      photo('d', 'cat', 'train', { createdAt: 9 }),
    ];
    expect(splitsOf(photos)).toEqual(['train', 'train', 'train', 'train']);
  });

  test('the class whose only training group was deleted or relabelled can still be trained', () => {
    const deleted = [photo('a', 'cat', 'train'), photo('b', 'dog', 'test')];
    expect(trainingSet(CLASSES, deleted).isTrainable).toBe(true);
    const relabelled = [
      photo('a', 'cat', 'train'),
      photo('was-dog', 'cat', 'train'),
      photo('b', 'dog', 'validation'),
    ];
    expect(trainingSet(CLASSES, relabelled).counts).toEqual({ train: 3, validation: 0, test: 0 });
  });

  test('near-duplicates in two splits, as after a restored backup, all teach', () => {
    const photos = [
      photo('a', 'cat', 'train'),
      photo('b', 'dog', 'train'),
      photo('first', 'cat', 'train'),
      photo('d', 'cat', 'test', { burstId: 'first' }),
      photo('e', 'cat', 'test'),
    ];
    const splits = ['train', 'train', 'train', 'train', 'test'];
    expect(splitsOf(photos)).toEqual(splits);
    // Whichever of them is read first.
    expect(splitsOf(photos.toReversed())).toEqual(splits.toReversed());
  });

  test('where each class teaches already, the photos stay the same objects', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'dog', 'train')];
    const assigned = withTrainingSplits(CLASSES, [...photos, photo('c', 'dog', 'test')]);
    expect(assigned[0]).toBe(photos[0]);
    expect(assigned.map(({ split }) => split)).toEqual(['train', 'train', 'test']);
  });
});

test.describe('the split of a photo that looks like no other', () => {
  const TEST_HASH = '0'.repeat(64);
  const TRAIN_HASH = 'f'.repeat(64);
  const split = (hash: string, train: number, validation: number, test: number) =>
    newGroupSplit(hash, { train, validation, test });

  test('the first of a class teaches, whatever its hash says', () => {
    expect(split(TEST_HASH, 0, 0, 0)).toBe('train');
    expect(split(TEST_HASH, 0, 4, 4)).toBe('train');
  });

  test('with three to learn from, the next tests and the one after that validates', () => {
    expect(split(TRAIN_HASH, 3, 0, 0)).toBe('test');
    expect(split(TRAIN_HASH, 3, 0, 3)).toBe('validation');
    expect(split(TRAIN_HASH, 3, 2, 0)).toBe('test');
  });

  test('then the stable hash decides', () => {
    for (const hash of [TEST_HASH, TRAIN_HASH]) {
      expect(split(hash, 3, 1, 1)).toBe(stableSplit(hash));
      expect(split(hash, 2, 0, 0)).toBe(stableSplit(hash));
    }
  });
});

test('the class that lacks the most photos; one that would be left out does not count', () => {
  const set = (cat: number, dog: number, rabbit = 0) =>
    trainingSet(
      [CAT, DOG, RABBIT],
      Object.entries({ cat, dog, rabbit }).flatMap(([id, count]) =>
        Array.from({ length: count }, (_, i) => photo(`${id}${i}`, id, 'train')),
      ),
    );
  expect(neediestClass(set(12, 9))?.id).toBe('dog');
  expect(neediestClass(set(12, 10))).toBeUndefined();
  expect(neediestClass(set(12, 10, 3))?.id).toBe('rabbit');
  // Rabbit does not count, but Dog does: with Cat alone there is nothing to train.
  expect(neediestClass(set(12, 0))?.photos).toBe(0);
});

test.describe('new photos', () => {
  test('are those that the model saw in no split', () => {
    const photoIds = { train: ['a'], validation: ['b'], test: ['c'] };
    const photos = ['a', 'b', 'c', 'd'].map((id) => photo(id, 'cat', 'train'));
    expect(newPhotos({ photoIds }, photos)).toBe(1);
  });

  test('a photo that cannot be read is not new: another training would not see it either', () => {
    const photoIds = { train: ['a'], validation: [], test: [] };
    const photos = ['a', 'b', 'c'].map((id) => photo(id, 'cat', 'train'));
    expect(newPhotos({ photoIds }, photos, ['a', 'c'])).toBe(1);
  });
});

function splitsOf(photos: readonly PhotoRecord[]): Split[] {
  return withTrainingSplits(CLASSES, photos).map(({ split }) => split);
}

function photo(
  id: string,
  classId: string,
  split: Split,
  more: Partial<PhotoRecord> = {},
): PhotoRecord {
  const record = { id, classId, split, sha256: id, size: 512, bytes: 1, createdAt: 0 };
  return { ...record, source: 'camera', ...more };
}
