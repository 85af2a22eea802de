import { expect, test } from '@playwright/test';
import { newPhotos, trainingSet } from '../../src/pages/train/training-set.ts';
import type { PhotoRecord, Split } from '../../src/records/photo.ts';
import type { ClassRecord } from '../../src/records/class.ts';

const CLASSES: ClassRecord[] = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

test.describe('training set', () => {
  test('counts by class and by side', () => {
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

  test('a class whose photos are all kept aside cannot be learned', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'dog', 'validation')];
    expect(trainingSet(CLASSES, photos).isTrainable).toBe(false);
  });

  test('photos that cannot be read do not count', () => {
    const photos = [photo('a', 'cat', 'train'), photo('b', 'dog', 'train')];
    expect(trainingSet(CLASSES, photos, ['b']).isTrainable).toBe(false);
  });

  test('new photos are those that the model saw on no side', () => {
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

function photo(id: string, classId: string, split: Split): PhotoRecord {
  return { id, classId, split, sha256: id, source: 'camera', createdAt: 0, size: 512, bytes: 1 };
}
