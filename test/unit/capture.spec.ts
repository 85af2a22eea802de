import { expect, test } from '@playwright/test';
import {
  burst,
  BURST_INTERVAL_MS,
  burstRate,
  MAX_BURST_PHOTOS,
} from '../../src/pages/capture/burst.ts';
import { captureHint } from '../../src/pages/capture/capture-hint.ts';
import { HOLD_MS, PressOrHold } from '../../src/pages/capture/press-or-hold.ts';
import { trainingSet } from '../../src/photos/training-set.ts';
import type { SplitPhoto } from '../../src/photos/training-splits.ts';
import type { ClassRecord } from '../../src/records/class.ts';
import type { Split } from '../../src/records/photo.ts';
import { onStillClock } from '../fixtures/still-clock.ts';

const CLASSES: readonly ClassRecord[] = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

test('the hint goes from the start, by the class that lacks most, to enough', () => {
  const hint = (cat: number, dog: number) =>
    captureHint(trainingSet(CLASSES, [...photos('cat', cat), ...photos('dog', dog)]));
  expect(hint(0, 0)).toEqual({ kind: 'start' });
  expect(hint(4, 2)).toEqual({ kind: 'more', className: 'Dog', missing: 8 });
  expect(hint(12, 9)).toEqual({ kind: 'more', className: 'Dog', missing: 1 });
  expect(hint(10, 0)).toEqual({ kind: 'more', className: 'Dog', missing: 10 });
  expect(hint(10, 10)).toEqual({ kind: 'enough' });
});

test('the hint says that there is enough only if Train can train: a burst of each is enough', () => {
  const bursts = (split: Split) =>
    ['cat', 'dog'].flatMap((id) =>
      photos(id, 10).map((photo) => ({ ...photo, split, burstId: `burst of ${id}` })),
    );
  for (const split of ['train', 'validation', 'test'] as const) {
    const set = trainingSet(CLASSES, bursts(split));
    expect(captureHint(set)).toEqual({ kind: 'enough' });
    expect(set.isTrainable).toBe(true);
    expect(set.counts).toEqual({ train: 20, validation: 0, test: 0 });
  }
  // A class without photos would be left out, so the hint does not wait for it.
  const fox = { id: 'fox', name: 'Fox', order: 2, palette: 2 };
  expect(captureHint(trainingSet([...CLASSES, fox], bursts('train')))).toEqual({ kind: 'enough' });
});

/** So many photos of a class, each unlike the others. */
function photos(classId: string, count: number): SplitPhoto[] {
  return Array.from({ length: count }, (_, i) => {
    const id = `${classId}${i}`;
    return { id, sha256: id, classId, split: 'train', createdAt: i };
  });
}

test('a burst takes 4 to 5 photos a second until it is stopped', async () => {
  const times: number[] = [];
  await onStillClock(async (pass) => {
    const control = new AbortController();
    const ended = burst((index) => {
      times.push(performance.now());
      if (index === 2) control.abort();
      return Promise.resolve();
    }, control.signal);
    await pass(1000);
    await ended;
  });
  expect(times).toEqual([0, BURST_INTERVAL_MS, 2 * BURST_INTERVAL_MS]);
  expect(1000 / BURST_INTERVAL_MS).toBeGreaterThanOrEqual(4);
  expect(1000 / BURST_INTERVAL_MS).toBeLessThanOrEqual(5);
});

test('a burst never takes two photos at once', async () => {
  const events: string[] = [];
  await onStillClock(async (pass) => {
    const control = new AbortController();
    const ended = burst(async (index) => {
      events.push('begins');
      await new Promise((resolve) => setTimeout(resolve, BURST_INTERVAL_MS + 30));
      events.push('ends');
      if (index === 1) control.abort();
    }, control.signal);
    await pass(1000);
    await ended;
  });
  expect(events).toEqual(['begins', 'ends', 'begins', 'ends']);
});

test('a burst that is forgotten ends by itself', async () => {
  let count = 0;
  const shoot = () => {
    count++;
    return Promise.resolve();
  };
  await burst(shoot, new AbortController().signal, 0);
  expect(count).toBe(MAX_BURST_PHOTOS);
});

test('the rate of a burst is that of its last photos', () => {
  expect(burstRate([])).toBeUndefined();
  expect(burstRate([500])).toBeUndefined();
  expect(burstRate([0, 250, 500])).toBe(4);
  // Two a second at first, four a second for the last eight.
  expect(burstRate([0, 500, ...Array.from({ length: 8 }, (_, i) => 1000 + i * 250)])).toBe(4);
});

test('a press is told from a hold, which ends once', async () => {
  await onStillClock(async (pass) => {
    const told: string[] = [];
    const press = new PressOrHold(
      () => told.push('hold'),
      () => told.push('let go'),
    );
    expect(press.up()).toBe(false);
    press.down();
    expect(press.up()).toBe(true);
    press.down();
    await pass(HOLD_MS - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(['hold']);
    expect(press.up()).toBe(false);
    expect(press.up()).toBe(false);
    expect(told).toEqual(['hold', 'let go']);
  });
});
