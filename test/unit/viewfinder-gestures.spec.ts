import { expect, test } from '@playwright/test';
import { ViewfinderGestures, type Point } from '../../src/widgets/camera/viewfinder-gestures.ts';

/** Plays pointer events: type, finger, x, y and, where it matters, the time. */
function play(events: readonly (readonly [string, number, number, number, number?])[]) {
  const pinches: number[] = [];
  const taps: Point[] = [];
  const gestures = new ViewfinderGestures({
    onPinch: (factor) => pinches.push(factor),
    onTap: (point) => taps.push(point),
  });
  for (const [type, pointerId, clientX, clientY, timeStamp = 0] of events) {
    gestures.handle({
      ...{ type: `pointer${type}`, pointerId, clientX, clientY, timeStamp, button: 0 },
    } as PointerEvent);
  }
  return { zoom: pinches.reduce((a, b) => a * b, 1), taps };
}

test('two fingers that move apart zoom by the ratio of their distances', () => {
  const { zoom, taps } = play([
    ['down', 1, 100, 100],
    ['down', 2, 200, 100],
    ['move', 2, 260, 100],
    ['move', 1, 0, 100],
    ['move', 2, 300, 100],
    ['up', 1, 0, 100],
    // One finger that goes on moves nothing.
    ['move', 2, 900, 100],
    ['up', 2, 900, 100],
  ]);
  expect(zoom).toBeCloseTo(3);
  expect(taps).toEqual([]);
});

test('one short touch is a tap, where it was lifted', () => {
  const { zoom, taps } = play([
    ['down', 1, 100, 100],
    ['move', 1, 104, 100],
    ['up', 1, 104, 101, 200],
  ]);
  expect(zoom).toBe(1);
  expect(taps).toEqual([{ x: 104, y: 101 }]);
});

test('what moves, lasts, or was taken over by the browser is no tap', () => {
  for (const end of [
    [['up', 1, 140, 100, 100]],
    [['up', 1, 100, 100, 900]],
    [
      ['cancel', 1, 100, 100, 50],
      ['up', 1, 100, 100, 100],
    ],
  ] as const) {
    expect(play([['down', 1, 100, 100], ...end]).taps).toEqual([]);
  }
});
