import { expect, test } from '@playwright/test';
import { countByClass } from '../../src/photos/class-counts.ts';

test('photos are counted by class; a class without photos is absent', () => {
  const photos = ['cat', 'dog', 'cat'].map((classId) => ({ classId }));
  expect([...countByClass(photos)]).toEqual([
    ['cat', 2],
    ['dog', 1],
  ]);
  expect(countByClass([]).size).toBe(0);
});
