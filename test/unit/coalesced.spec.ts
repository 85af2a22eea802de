import { expect, test } from '@playwright/test';
import { Coalesced } from '../../src/platform/coalesced.ts';

/** A task whose runs end when the test says so. */
function heldTask() {
  const runs: { end: () => void; fail: (thrown: unknown) => void }[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const task = new Coalesced(async () => {
    mostAtOnce = Math.max(mostAtOnce, ++running);
    try {
      await new Promise<void>((resolve, reject) => runs.push({ end: resolve, fail: reject }));
    } finally {
      running--;
    }
  });
  return { task, runs, mostAtOnce: () => mostAtOnce };
}

/** Lets everything happen that waits for nothing but promises. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('any number of calls during a run cause one more, after it', async () => {
  const { task, runs, mostAtOnce } = heldTask();
  const first = task.run();
  await settle();
  const later = Array.from({ length: 2_000 }, () => task.run());
  await settle();
  expect(runs.length).toBe(1);
  runs[0]!.end();
  await settle();
  expect(runs.length).toBe(2);
  runs[1]!.end();
  await Promise.all([first, ...later]);
  expect(runs.length).toBe(2);
  expect(mostAtOnce()).toBe(1);
});

test('a call in any microtask around the end of a run gets a run of its own', async () => {
  for (let ticks = 0; ticks < 12; ticks++) {
    let runs = 0;
    let end!: () => void;
    const held = new Promise<void>((resolve) => (end = resolve));
    const task = new Coalesced(async () => {
      if (++runs === 1) await held;
    });
    const first = task.run();
    await settle();
    end();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    await task.run();
    await first;
    expect(runs, `${ticks} microtasks after the end`).toBe(2);
  }
});

test('a failed run rejects, unless a later one that was asked for succeeds', async () => {
  const { task, runs } = heldTask();
  const alone = task.run();
  await settle();
  runs[0]!.fail(new Error('first'));
  await expect(alone).rejects.toThrow('first');

  const failing = task.run();
  await settle();
  const asked = task.run();
  runs[1]!.fail(new Error('second'));
  await settle();
  expect(runs.length).toBe(3);
  runs[2]!.end();
  await Promise.all([failing, asked]);
});

test('a task may ask for another run of itself', async () => {
  let runs = 0;
  const task: Coalesced = new Coalesced(async () => {
    if (++runs < 3) void task.run();
    await Promise.resolve();
  });
  await task.run();
  expect(runs).toBe(3);
});
