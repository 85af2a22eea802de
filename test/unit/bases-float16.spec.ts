import { expect, test } from '@playwright/test';
import { fromFloat16, toFloat16 } from '../../src/platform/float16.ts';

test('every float16 that is a number keeps its bits there and back', () => {
  const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const back = toFloat16(fromFloat16(halves));
  const isNumber = (half: number) => (half & 0x7fff) <= 0x7c00;
  expect(back.filter((half, i) => isNumber(i) && half !== i)).toHaveLength(0);
  expect(fromFloat16(back).filter(Number.isNaN)).toHaveLength(2 * 1023);
});

test('numbers between round to the nearest, ties to even', () => {
  const cases = new Map([
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1 + 2 ** -11 + 2 ** -20, 0x3c01],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [-1e9, 0xfc00],
    [2 ** -25, 0],
    [1.5 * 2 ** -25, 1],
    [-(2 ** -14 - 2 ** -26), 0x8400],
    [0.1, 0x2e66],
  ]);
  expect([...toFloat16(Float32Array.from(cases.keys()))]).toEqual([...cases.values()]);
});
