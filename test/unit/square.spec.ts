import { expect, test } from '@playwright/test';
import { centreSquare } from '../../src/image/square.ts';

test('the centre square touches the short sides', () => {
  expect(centreSquare(1280, 720)).toEqual({ x: 280, y: 0, side: 720 });
  expect(centreSquare(720, 1281)).toEqual({ x: 0, y: 280, side: 720 });
  expect(centreSquare(160, 160)).toEqual({ x: 0, y: 0, side: 160 });
});
