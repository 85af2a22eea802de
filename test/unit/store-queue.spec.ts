import { expect, test } from '@playwright/test';
import { StoreQueue } from '../../src/photos/import/store-queue.ts';

test('what comes in while photos are stored is stored together afterwards', async () => {
  const batches: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const queue = new StoreQueue<number, string>(async (items) => {
    batches.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map(String);
  });
  const first = queue.add(1);
  const others = [queue.add(2), queue.add(3)];
  expect(batches).toEqual([[1]]);
  ends[0]!();
  expect(await first).toBe('1');
  expect(batches).toEqual([[1], [2, 3]]);
  ends[1]!();
  expect(await Promise.all(others)).toEqual(['2', '3']);
});

test('a failed transaction fails its photos, and not the next ones', async () => {
  let fails = true;
  const queue = new StoreQueue<number, number>((items) =>
    fails ? Promise.reject(new Error('full')) : Promise.resolve(items),
  );
  const failed = queue.add(1);
  await expect(failed).rejects.toThrow('full');
  fails = false;
  expect(await queue.add(2)).toBe(2);
});
