import { expect, test } from '@playwright/test';
import { countPhotosFound } from '../../src/photos/import/count-photos.ts';

const count = (...names: string[]) => countPhotosFound(names.map((name) => ({ name })));

test('what is no photo by its name is not counted as one', () => {
  expect(count('set/cat/1.jpg', 'set/cat/2.JPEG', 'set/dog/1.heic', 'set/make.py')).toBe(3);
  expect(count('a.png', 'a.png.json', 'labels.csv', 'read me.txt', 'a.tar')).toBe(1);
});

test('a name without an ending may be a photo', () => {
  expect(count('IMG_0001', 'cat.12', 'photo.', '.hidden/cat')).toBe(4);
  expect(count()).toBe(0);
});
