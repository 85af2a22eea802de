import { mock } from 'node:test';
import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import type { Problem } from '../../src/platform/problem.ts';

const GPU = { kind: 'gpu' };

/** As much of a GPUDevice as is watched. */
class FakeDevice extends EventTarget {
  lose!: (info: { reason: string; message: string }) => void;
  readonly lost = new Promise((resolve) => (this.lose = resolve));

  complain(message: string): void {
    this.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message } }));
  }
}

/** @param limit seconds, as for `DeviceWatch` */
function watched(limit?: number) {
  const watch = new DeviceWatch(limit);
  const device = new FakeDevice();
  watch.followWebGpu(device as unknown as GPUDevice);
  const told: Problem[] = [];
  watch.onFailure = (problem) => told.push(problem);
  return { watch, device, told };
}

/** A tensor whose numbers come as the test says. */
function tensorOf(data: () => Promise<unknown>): tf.Tensor {
  return { data } as unknown as tf.Tensor;
}

test('what is read from a healthy device is what it computed', async () => {
  await tf.setBackend('cpu');
  const { watch, told } = watched();
  const tensor = tf.tensor1d([1, 2, 3]);
  expect([...(await watch.read(tensor))]).toEqual([1, 2, 3]);
  tensor.dispose();
  watch.assertHealthy();
  expect(told).toEqual([]);
});

test('a lost device: nothing may be read any more, and what waits is told', async () => {
  const { watch, device, told } = watched();
  const waiting = watch.read(tensorOf(() => new Promise(() => undefined)));
  device.lose({ reason: 'unknown', message: 'Taken away.' });
  await expect(waiting).rejects.toMatchObject({ ...GPU, cause: 'unknown: Taken away.' });
  await expect(watch.read(tf.scalar(1))).rejects.toMatchObject(GPU);
  expect(() => {
    watch.assertHealthy();
  }).toThrow(expect.objectContaining(GPU));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject(GPU);
});

test('an uncaptured error during a reading: its numbers are not given out', async () => {
  const { watch, device } = watched();
  let give!: (values: Float32Array) => void;
  const reading = watch.read(tensorOf(() => new Promise((resolve) => (give = resolve))));
  device.complain('Binding size is larger than the limit.');
  give(Float32Array.of(1));
  await expect(reading).rejects.toMatchObject({
    ...GPU,
    cause: 'Binding size is larger than the limit.',
  });
});

test('an uncaptured error just as the numbers arrive: they are not given out', async () => {
  const { watch, device } = watched();
  const reading = watch.read(
    tensorOf(() => {
      queueMicrotask(() => {
        device.complain('Too late.');
      });
      return Promise.resolve(Float32Array.of(1));
    }),
  );
  await expect(reading).rejects.toMatchObject(GPU);
});

test('a lost WebGL context', () => {
  const watch = new DeviceWatch();
  const canvas = new EventTarget();
  watch.followWebGl(canvas);
  watch.assertHealthy();
  canvas.dispatchEvent(new Event('webglcontextlost'));
  expect(() => {
    watch.assertHealthy();
  }).toThrow(expect.objectContaining({ ...GPU, cause: 'The WebGL context was lost.' }));
});

test.describe('on a clock that stands still', () => {
  test.beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval'] });
  });
  test.afterEach(() => {
    mock.timers.reset();
  });

  test('a reading that never comes is given up at the limit', async () => {
    const { watch, told } = watched(2);
    const hung = () => watch.read(tensorOf(() => new Promise(() => undefined)));
    const both = Promise.allSettled([hung(), hung()]);
    mock.timers.tick(1999);
    expect(told).toEqual([]);
    mock.timers.tick(1);
    for (const each of await both) {
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { ...GPU, cause: 'No answer for 2 s.' },
      });
    }
    expect(told).toHaveLength(1);
  });

  test('a slow answer leaves the next one as much time', async () => {
    const { watch, told } = watched(2);
    for (let i = 0; i < 3; i++) {
      let give!: (values: Float32Array) => void;
      const reading = watch.read(tensorOf(() => new Promise((resolve) => (give = resolve))));
      mock.timers.tick(1999);
      give(Float32Array.of(i));
      expect([...(await reading)]).toEqual([i]);
    }
    expect(told).toEqual([]);
  });
});

test('a device that rejects a moment before it says that it is lost is lost', async () => {
  const { watch, device, told } = watched();
  const reading = watch.read(
    tensorOf(() => {
      setTimeout(() => {
        device.lose({ reason: 'destroyed', message: '' });
      });
      return Promise.reject(new Error('Buffer is unmapped.'));
    }),
  );
  await expect(reading).rejects.toMatchObject(GPU);
  expect(told).toHaveLength(1);
});

test('what fails for another reason fails with that reason', async () => {
  const { watch, told } = watched();
  const reading = watch.read(tensorOf(() => Promise.reject(new Error('Disposed.'))));
  await expect(reading).rejects.toThrow('Disposed.');
  watch.assertHealthy();
  expect(told).toEqual([]);
});

test('of several failures the first is told, once', async () => {
  const { watch, device, told } = watched();
  device.complain('First.');
  device.complain('Second.');
  device.lose({ reason: 'unknown', message: 'Third.' });
  watch.fail('Fourth.');
  await new Promise((resolve) => setTimeout(resolve));
  expect(told.map(({ cause }) => cause)).toEqual(['First.']);
});
