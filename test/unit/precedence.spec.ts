import { expect, test } from '@playwright/test';
import { Precedence } from '../../src/learning/backend/precedence.ts';

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
  const precedence = new Precedence();
  const events: string[] = [];
  const [first, second] = [held<string>(), held<string>()];
  const urgent = precedence.goFirst(() => first.promise);
  const free = precedence.whenFree().then(() => events.push('other work'));
  first.resolve('a square');
  expect(await urgent).toBe('a square');
  // The next one comes within the moment.
  const next = precedence.goFirst(() => second.promise);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(events).toEqual([]);
  events.push('second ends');
  second.resolve('another');
  await next;
  await free;
  expect(events).toEqual(['second ends', 'other work']);
});

test('without urgent work nothing waits; work that fails ends too', async () => {
  const precedence = new Precedence();
  await precedence.whenFree();
  await expect(precedence.goFirst(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  await precedence.whenFree();
});
