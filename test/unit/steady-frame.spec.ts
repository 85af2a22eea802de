import { expect, test } from '@playwright/test';
import { steadyFrame } from '../../src/widgets/answer/steady-frame.ts';

const box = (x: number, score = 0.5) => ({ x, y: 0.2, width: 0.4, height: 0.4, score });

test('the first box is shown at once, and follows an animal smoothly', () => {
  const first = steadyFrame(undefined, [box(0.1)], 100);
  expect(first).toEqual({ box: box(0.1), age: 0 });
  const { box: next } = steadyFrame(first, [box(0.2)], 100);
  expect(next!.x).toBeGreaterThan(0.1);
  expect(next!.x).toBeLessThan(0.2);
  let frame = first;
  for (let i = 0; i < 40; i++) frame = steadyFrame(frame, [box(0.2)], 100);
  expect(frame.box!.x).toBeCloseTo(0.2, 3);
});

test('it leaves an animal only for one that is much surer, and jumps there', () => {
  const before = steadyFrame(undefined, [box(0, 0.3)], 100);
  expect(steadyFrame(before, [box(0.6, 0.5), box(0, 0.3)], 100).box!.x).toBe(0);
  expect(steadyFrame(before, [box(0.6, 0.7), box(0, 0.3)], 100).box!.x).toBe(0.6);
  expect(steadyFrame(before, [box(0.6, 0.2)], 100).box!.x).toBe(0.6);
});

test('a box that is missed for a moment stays; then the frame is empty', () => {
  let frame = steadyFrame(undefined, [box(0.1)], 100);
  frame = steadyFrame(frame, [], 200);
  expect(frame.box).toEqual(box(0.1));
  frame = steadyFrame(frame, [], 200);
  expect(frame.box).toEqual(box(0.1));
  frame = steadyFrame(frame, [], 200);
  expect(frame.box).toBeUndefined();
  expect(steadyFrame(frame, [box(0.4)], 100).box!.x).toBe(0.4);
});
