import { expect, test } from '@playwright/test';
import { hrefOfPlace, photosPlace } from '../../src/pages/photos/photos-address.ts';

test('each place of Photos has an address that leads to it', () => {
  for (const name of ['all', 'examine', 'check'] as const) {
    expect(photosPlace(hrefOfPlace({ name }))).toEqual({ name });
  }
  for (const photoId of ['3f2a-41', 'a/b?c%', '%E0%A4%A']) {
    expect(photosPlace(hrefOfPlace({ name: 'photo', photoId }))).toEqual({
      name: 'photo',
      photoId,
    });
  }
});

test('questions and slashes at the end change nothing; other pages are none of it', () => {
  expect(photosPlace('#/photos?import')).toEqual({ name: 'all' });
  expect(photosPlace('#/photos/')).toEqual({ name: 'all' });
  expect(photosPlace('#/photos/%E0%A4%A')).toEqual({ name: 'photo', photoId: '%E0%A4%A' });
  expect(photosPlace('#/train')).toBeUndefined();
  expect(photosPlace('')).toBeUndefined();
});
