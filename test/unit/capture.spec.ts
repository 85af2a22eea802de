import { expect, test } from '@playwright/test';
import { burst, BURST_INTERVAL_MS } from '../../src/pages/capture/burst.ts';
import { captureHint } from '../../src/pages/capture/capture-hint.ts';
import type { ClassRecord } from '../../src/photos/record.ts';
import { aClass } from '../../src/ui/class-words.ts';

const CLASSES: readonly ClassRecord[] = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

test('the hint goes from the start, by the class that lacks most, to enough', () => {
  const hint = (cat: number, dog: number) =>
    captureHint(
      CLASSES,
      new Map([
        ['cat', cat],
        ['dog', dog],
      ]),
    );
  expect(captureHint(CLASSES, new Map())).toEqual({ kind: 'start' });
  expect(hint(4, 2)).toEqual({ kind: 'more', className: 'Dog', missing: 8 });
  expect(hint(12, 9)).toEqual({ kind: 'more', className: 'Dog', missing: 1 });
  expect(hint(10, 10)).toEqual({ kind: 'enough' });
});

test('a burst takes 4 to 5 photos a second until it is stopped', async () => {
  const control = new AbortController();
  const times: number[] = [];
  await burst((index) => {
    times.push(performance.now());
    if (index === 2) control.abort();
    return Promise.resolve();
  }, control.signal);
  expect(times).toHaveLength(3);
  // Timers may fire a millisecond early.
  expect(times[2]! - times[0]!).toBeGreaterThan(2 * BURST_INTERVAL_MS - 5);
});

test('a burst never takes two photos at once', async () => {
  const control = new AbortController();
  let underWay = 0;
  await burst(async (index) => {
    expect(++underWay).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, BURST_INTERVAL_MS + 30));
    underWay--;
    if (index === 1) control.abort();
  }, control.signal);
});

test('a class stands in a sentence with its article', () => {
  expect(aClass('Cat')).toBe('a cat');
  expect(aClass('Owl')).toBe('an owl');
  expect(aClass('My cup')).toBe('my cup');
});
