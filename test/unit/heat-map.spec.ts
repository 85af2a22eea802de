import { expect, test } from '@playwright/test';
import { heatPixels } from '../../src/widgets/answer/heat-pixels.ts';
import { enlarge } from '../../src/widgets/answer/bilinear.ts';

test.describe('the heat map', () => {
  test('is enlarged between the centres of its places', () => {
    const row = [...enlarge({ width: 2, height: 1, values: [0, 1] }, 4)].slice(0, 4);
    expect(row).toEqual([0, 0.25, 0.75, 1]);
    const square = enlarge({ width: 2, height: 2, values: [0, 0, 1, 1] }, 2);
    expect([...square]).toEqual([0, 0, 1, 1]);
  });

  test('of one place fills the square', () => {
    expect([...enlarge({ width: 1, height: 1, values: [0.5] }, 2)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('dims what says nothing and colours what says the most', () => {
    const [low, high] = [0, 4].map((i) => [...heatPixels([0, 1], [200, 100, 0])].slice(i, i + 4));
    expect(low).toEqual([0, 0, 0, 128]);
    expect(high).toEqual([200, 100, 0, 158]);
  });
});
