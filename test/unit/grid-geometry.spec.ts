import { expect, test } from '@playwright/test';
import {
  gridGeometry,
  indexAfterKey,
  rangeInView,
} from '../../src/pages/photos/gallery/grid-geometry.ts';

test('as many columns as fit, and tiles that fill the width', () => {
  const phone = gridGeometry(382, 10, 110, 4);
  expect(phone.columns).toBe(3);
  expect(phone.rows).toBe(4);
  expect(3 * phone.tile + 2 * 4).toBeCloseTo(382);
  expect(phone.height).toBeCloseTo(4 * phone.tile + 3 * 4);
  // Exactly wide enough for a fourth, and a pixel too narrow.
  expect(gridGeometry(4 * 110 + 3 * 4, 10, 110, 4).columns).toBe(4);
  expect(gridGeometry(4 * 110 + 3 * 4 - 1, 10, 110, 4).columns).toBe(3);
});

test('a grid without width or photos is no error', () => {
  expect(gridGeometry(0, 5, 110, 4)).toMatchObject({ columns: 1, tile: 0 });
  const empty = gridGeometry(382, 0, 110, 4);
  expect(empty.height).toBe(0);
  expect(rangeInView(empty, 0, { top: 0, height: 800, around: 3 })).toEqual({ from: 0, to: 0 });
});

test('only the rows in view and some around them are there, wherever it is scrolled', () => {
  const count = 10_000;
  const grid = gridGeometry(382, count, 110, 4);
  const most = (Math.ceil(800 / grid.step) + 1 + 4) * 3;
  const wrong: number[] = [];
  for (let top = -500; top < grid.height + 500; top += 97) {
    const { from, to } = rangeInView(grid, count, { top, height: 800, around: 2 });
    // Every photo whose tile can be seen is in it.
    const first = Math.max(0, Math.floor(top / grid.step)) * 3;
    const last = Math.min(count, Math.ceil((top + 800) / grid.step) * 3);
    const isSeen = top + 800 > 0 && top < grid.height;
    const isWhole = !isSeen || (from <= first && to >= last);
    if (!isWhole || to - from > most || from % 3 !== 0) wrong.push(top);
  }
  expect(wrong).toEqual([]);
});

test('the end of the grid is whole', () => {
  const grid = gridGeometry(382, 10_000, 110, 4);
  const { to } = rangeInView(grid, 10_000, { top: grid.height - 800, height: 800, around: 2 });
  expect(to).toBe(10_000);
});

test('keys lead through the rows, and nowhere beyond the ends', () => {
  const grid = { columns: 3, step: 100 };
  const after = (key: string, index: number) => indexAfterKey(key, index, 11, grid, 250);
  expect(after('ArrowRight', 0)).toBe(1);
  expect(after('ArrowRight', 10)).toBeUndefined();
  expect(after('ArrowLeft', 3)).toBe(2);
  expect(after('ArrowLeft', 0)).toBeUndefined();
  expect(after('ArrowDown', 4)).toBe(7);
  // The last row is short: below the third column there is nothing.
  expect(after('ArrowDown', 8)).toBeUndefined();
  expect(after('ArrowUp', 4)).toBe(1);
  expect(after('ArrowUp', 1)).toBeUndefined();
  expect(after('Home', 7)).toBe(0);
  expect(after('End', 0)).toBe(10);
  expect(after('PageDown', 1)).toBe(7);
  expect(after('PageDown', 7)).toBe(10);
  expect(after('PageDown', 5)).toBe(8);
  expect(after('PageUp', 10)).toBe(4);
  expect(after('PageUp', 4)).toBe(1);
  for (const key of ['a', 'Tab', 'Enter', 'constructor']) expect(after(key, 5)).toBeUndefined();
});
