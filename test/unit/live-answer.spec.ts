import { expect, test } from '@playwright/test';
import type { ModelRecord } from '../../src/records/model.ts';
import { liveAnswer, type LiveAnswer } from '../../src/widgets/answer/live-answer.ts';
import type { Classification } from '../../src/records/classification.ts';

const MODEL = {
  id: 'model-1',
  classes: [
    { id: 'cat', name: 'Cat', palette: 0 },
    { id: 'dog', name: 'Dog', palette: 1 },
  ],
} as unknown as ModelRecord;
const FRAME_MS = 50;

const says = (cat: number, novelty = 0.5): Classification => ({
  probabilities: [cat, 1 - cat],
  novelty,
  modelId: 'model-1',
  milliseconds: 20,
});

/** The words on the screen after each of some frames. */
function words(frames: readonly Classification[]): string[] {
  let answer: LiveAnswer | undefined;
  return frames.map((frame) => {
    answer = liveAnswer(MODEL, answer, frame, FRAME_MS)!;
    return answer.sure ? answer.top.name : 'Not sure';
  });
}

const changes = (said: readonly string[]) =>
  said.filter((word, i) => i > 0 && word !== said[i - 1]).length;

test('noise about a calm answer, and about the border of "not sure", does not flicker', () => {
  const noise = (i: number) => 0.25 * Math.sin(i * 12.9898) * Math.cos(i * 4.1414);
  const frames = (centre: number) => Array.from({ length: 200 }, (_, i) => says(centre + noise(i)));
  expect(changes(words(frames(0.75)))).toBe(0);
  // As it would be without the two borders, each frame by itself: many changes.
  const single = frames(0.6).map((frame) => (frame.probabilities[0]! >= 0.6 ? 'Cat' : 'Not sure'));
  expect(changes(single)).toBeGreaterThan(40);
  expect(changes(words(frames(0.6)))).toBeLessThanOrEqual(2);
});

test('another animal is named within 300 ms', () => {
  const frames = [
    ...Array<Classification>(40).fill(says(0.98)),
    ...Array<Classification>(40).fill(says(0.02)),
  ];
  const said = words(frames);
  expect(said[39]).toBe('Cat');
  const lag = (said.indexOf('Dog') - 39) * FRAME_MS;
  expect(lag).toBeLessThanOrEqual(300);
});

test('one wrong frame of twenty changes nothing', () => {
  const frames = Array.from({ length: 100 }, (_, i) => says(i % 20 === 10 ? 0.1 : 0.95));
  expect(changes(words(frames))).toBe(0);
});

test('what is unlike every photo is "not sure", however probable; about the border it stays so', () => {
  expect(words([says(0.99, 1.2)])).toEqual(['Not sure']);
  const hovering = Array.from({ length: 100 }, (_, i) => says(0.99, i % 2 ? 0.97 : 1.05));
  expect(changes(words([says(0.99, 1.3), ...hovering]))).toBe(0);
});

test('a newer model starts anew, and a classification of another one is no answer', () => {
  const first = liveAnswer(MODEL, undefined, says(0.9), 0)!;
  expect(first.probabilities).toEqual([0.9, expect.closeTo(0.1, 10)]);
  const none = { ...says(1), probabilities: [] };
  expect(liveAnswer(MODEL, undefined, none, 0)).toBeUndefined();
});
