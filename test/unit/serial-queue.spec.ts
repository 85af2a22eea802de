import { expect, test } from '@playwright/test';
import { SerialQueue } from '../../src/platform/serial-queue.ts';

test('tasks run one after another, in order, and a failure stops none of the later ones', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const task = (name: string, fails = false) =>
    queue.run(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = Promise.allSettled([task('a'), task('b', true), task('c')]);
  expect((await results).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  const thrown = queue.run(() => {
    throw new Error('at once');
  });
  await expect(thrown).rejects.toThrow('at once');
  expect(await queue.run(() => 'still works')).toBe('still works');
});

test('it is idle when every task so far has ended', async () => {
  const queue = new SerialQueue();
  await queue.whenIdle();
  let done = false;
  queue
    .run(async () => {
      await Promise.resolve();
      done = true;
      throw new Error('failed');
    })
    .catch(() => undefined);
  await queue.whenIdle();
  expect(done).toBe(true);
});
