import { expect, test } from '@playwright/test';
import { PhotoSelection } from '../../src/pages/photos/gallery/photo-selection.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e', 'f'];
const idsOf = (selection: PhotoSelection) => [...selection.ids].sort().join('');

test('one photo is chosen and let go', () => {
  const one = PhotoSelection.EMPTY.toggle('b');
  expect(idsOf(one)).toBe('b');
  expect(idsOf(one.toggle('d'))).toBe('bd');
  expect(one.toggle('b').size).toBe(0);
  expect(PhotoSelection.EMPTY.size).toBe(0);
});

test('a range goes from the photo that was chosen last, in either direction', () => {
  const start = PhotoSelection.EMPTY.toggle('a').toggle('d');
  expect(idsOf(start.extend(ORDER, 'f'))).toBe('adef');
  expect(idsOf(start.extend(ORDER, 'c'))).toBe('acd');
  // The next range begins where this one did.
  expect(idsOf(start.extend(ORDER, 'f').extend(ORDER, 'b'))).toBe('abcdef');
});

test('a range without a beginning is the photo alone', () => {
  expect(idsOf(PhotoSelection.EMPTY.extend(ORDER, 'c'))).toBe('c');
  expect(idsOf(PhotoSelection.EMPTY.extend(ORDER, 'c').extend(ORDER, 'e'))).toBe('cde');
  // What began it is not shown any more.
  expect(idsOf(PhotoSelection.EMPTY.toggle('x').extend(ORDER, 'e'))).toBe('ex');
  expect(idsOf(PhotoSelection.EMPTY.toggle('a').extend(ORDER, 'x'))).toBe('a');
});

test('all that is shown, and what is left when photos go', () => {
  const all = PhotoSelection.EMPTY.toggle('x').all(ORDER);
  expect(idsOf(all)).toBe('abcdef');
  expect(all.within(new Set(ORDER))).toBe(all);
  expect(idsOf(all.within(new Set(['b', 'e', 'z'])))).toBe('be');
});
