import { expect, test } from '@playwright/test';
import { LINGER_MS, Precedence } from '../../src/learning/backend/precedence.ts';
import { onStillClock } from '../fixtures/still-clock.ts';

/** A promise that the test settles. */
function held<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

test('other work waits until the last urgent work has ended, and a moment longer', async () => {
  await onStillClock(async (pass) => {
    const precedence = new Precedence();
    const [first, second] = [held<string>(), held<string>()];
    let isFree = false;
    const urgent = precedence.goFirst(() => first.promise);
    const free = precedence.whenFree().then(() => (isFree = true));
    first.resolve('a square');
    expect(await urgent).toBe('a square');
    await pass(LINGER_MS - 1);
    // The next one comes within the moment.
    const next = precedence.goFirst(() => second.promise);
    await pass(3 * LINGER_MS);
    expect(isFree).toBe(false);
    second.resolve('another');
    expect(await next).toBe('another');
    await pass(LINGER_MS - 1);
    expect(isFree).toBe(false);
    await pass(1);
    await free;
  });
});

test('without urgent work nothing waits; work that fails ends too', async () => {
  const precedence = new Precedence();
  await precedence.whenFree();
  await expect(precedence.goFirst(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  await precedence.whenFree();
});
