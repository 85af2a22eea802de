import { expect, test } from '@playwright/test';
import { RunControl } from '../../src/platform/run-control.ts';

/** Whether a promise is settled by the time that another run, which yields now, goes on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => (settled = true);
  promise.then(settle, settle);
  await new RunControl().yieldOrCancel();
  return settled;
}

test('a run that yields lets messages in and goes on', async () => {
  const control = new RunControl();
  let message = false;
  setTimeout(() => (message = true));
  await control.yieldOrCancel();
  expect(message).toBe(true);
  expect(control.signal.aborted).toBe(false);
});

test('a paused run waits where it next yields, until it is resumed', async () => {
  const told: boolean[] = [];
  const control = new RunControl({ onPause: (paused) => told.push(paused) });
  control.pause();
  expect(told).toEqual([]);
  const yielding = control.yieldOrCancel();
  expect(await isSettled(yielding)).toBe(false);
  expect(told).toEqual([true]);
  control.resume();
  await yielding;
  expect(told).toEqual([true, false]);
  await control.yieldOrCancel();
  expect(told).toEqual([true, false]);
});

test('paused twice is paused once, and to go on without a pause changes nothing', async () => {
  const control = new RunControl();
  control.resume();
  await control.yieldOrCancel();
  control.pause();
  control.pause();
  const yielding = control.yieldOrCancel();
  expect(await isSettled(yielding)).toBe(false);
  control.resume();
  await yielding;
});

test('a pause that is over before the run yields is none', async () => {
  const told: boolean[] = [];
  const control = new RunControl({ onPause: (paused) => told.push(paused) });
  control.pause();
  control.resume();
  await control.yieldOrCancel();
  expect(told).toEqual([]);
});

test('paused again at once, it waits again', async () => {
  const control = new RunControl();
  control.pause();
  const yielding = control.yieldOrCancel();
  await isSettled(yielding);
  control.resume();
  control.pause();
  expect(await isSettled(yielding)).toBe(false);
  control.resume();
  await yielding;
});

test('a cancelled run stops where it next yields, and each time after that', async () => {
  const control = new RunControl();
  control.cancel();
  expect(control.signal.aborted).toBe(true);
  for (let i = 0; i < 2; i++) {
    await expect(control.yieldOrCancel()).rejects.toMatchObject({ kind: 'cancelled' });
  }
});

test('a cancelled run says what was cancelled', async () => {
  const training = new RunControl();
  training.cancel();
  await expect(training.yieldOrCancel()).rejects.toThrow('The training was cancelled.');
  const check = new RunControl({ cancelled: () => 'The check was cancelled.' });
  check.cancel();
  await expect(check.yieldOrCancel()).rejects.toThrow('The check was cancelled.');
});

test('a paused run can be cancelled', async () => {
  const told: boolean[] = [];
  const control = new RunControl({ onPause: (paused) => told.push(paused) });
  control.pause();
  const yielding = control.yieldOrCancel();
  await isSettled(yielding.catch(() => undefined));
  control.cancel();
  await expect(yielding).rejects.toMatchObject({ kind: 'cancelled' });
  expect(told).toEqual([true, false]);
});

test('a pause that comes after the cancel does not keep the run', async () => {
  const control = new RunControl();
  control.cancel();
  control.pause();
  const yielding = control.yieldOrCancel();
  expect(await isSettled(yielding)).toBe(true);
  await expect(yielding).rejects.toMatchObject({ kind: 'cancelled' });
});
