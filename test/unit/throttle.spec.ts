import { expect, test } from '@playwright/test';
import { Throttle } from '../../src/platform/throttle.ts';

/** A throttle whose intervals end when the test says so. */
function heldThrottle() {
  let acted = 0;
  const waits: (() => void)[] = [];
  const throttle = new Throttle(
    () => acted++,
    (then) => waits.push(then),
  );
  return { throttle, acted: () => acted, endInterval: () => waits.shift()?.(), waits };
}

test('the first call acts at once, and all calls of an interval act once at its end', () => {
  const { throttle, acted, endInterval, waits } = heldThrottle();
  for (let call = 0; call < 2_000; call++) throttle.call();
  expect(acted()).toBe(1);
  endInterval();
  expect(acted()).toBe(2);
  endInterval();
  expect(acted()).toBe(2);
  expect(waits).toEqual([]);
  throttle.call();
  expect(acted()).toBe(3);
});

test('what still waits can be flushed, and is not done again at the end of the interval', () => {
  const { throttle, acted, endInterval } = heldThrottle();
  throttle.flush();
  expect(acted()).toBe(0);
  throttle.call();
  throttle.flush();
  expect(acted()).toBe(1);
  throttle.call();
  throttle.flush();
  expect(acted()).toBe(2);
  endInterval();
  expect(acted()).toBe(2);
});
