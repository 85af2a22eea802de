import { expect, test } from '@playwright/test';
import { PictureWatch } from '../../src/camera/picture-watch.ts';

/** Looks every 300 ms, as the app does; gives when each trouble was first told. */
function troubles(
  until: number,
  frame: (time: number) => 'black' | 'light' | undefined,
  muted: (time: number) => boolean = () => false,
): string[] {
  const watch = new PictureWatch(0);
  const told: string[] = [];
  let last: string | undefined;
  for (let time = 0; time <= until; time += 300) {
    const seen = frame(time);
    if (seen) watch.onFrame(seen === 'black', time);
    const trouble = watch.check(muted(time), time);
    if (trouble !== last) told.push(`${trouble} ${time}`);
    last = trouble;
  }
  return told;
}

test('a picture that stays black is said so, until light comes', () => {
  expect(troubles(6000, (time) => (time < 4500 ? 'black' : 'light'))).toEqual([
    'black 2700',
    'undefined 4500',
  ]);
});

test('a hand that passes, and an exposure that is being found, are no trouble', () => {
  expect(troubles(9000, (time) => (time % 3000 < 2100 ? 'black' : 'light'))).toEqual([]);
});

test('a camera that gives no frames is said so: sooner where the track is muted', () => {
  expect(troubles(6000, () => undefined)).toEqual(['still 5100']);
  expect(
    troubles(
      6000,
      () => 'light',
      (time) => time >= 900 && time < 3900,
    ),
  ).toEqual(['still 2400', 'undefined 3900']);
});
