import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import { runEpochs } from '../../src/learning/optim/epoch-loop.ts';
import { RunControl } from '../../src/platform/run-control.ts';
import { LEARNERS } from '../fixtures/epoch-loop-learners.ts';
import { headTrial, runTrial, valuesOf } from '../fixtures/epoch-loop-setting.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';

test.beforeAll(startWasm);

for (const [name, make, reads] of LEARNERS) {
  test(`a ${name} that rests at a pause goes on with the same numbers`, async () => {
    await tf.setBackend('wasm');
    const whole = await runTrial(await make({}, reads));
    const news: (boolean | number)[] = [];
    const control = new RunControl({
      onPause: (paused) => {
        news.push(paused);
        if (paused) {
          setTimeout(() => {
            control.resume();
          });
        }
      },
    });
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onEpoch: (history) => {
          news.push(history.length);
          if (history.length === 2) control.pause();
        },
      },
    );
    const paused = await runTrial(trial);
    expect(news.slice(0, 5)).toEqual([1, 2, true, false, 3]);
    expect(paused.result).toEqual(whole.result);
    expect(paused.weights).toEqual(whole.weights);
    expect(paused.checkpoints).toEqual(whole.checkpoints);
  });

  test(`while a ${name} rests, nothing is learned, and it can be cancelled`, async () => {
    await tf.setBackend('wasm');
    const control = new RunControl();
    const seen: number[] = [];
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onEpoch: (history) => {
          seen.push(history.length);
          if (history.length === 2) control.pause();
        },
      },
    );
    const { variables } = trial.loop.learner;
    const tensors = tf.memory().numTensors;
    const running = runEpochs(trial.loop);
    await expect.poll(() => seen.length).toBe(2);
    const before = valuesOf(variables);
    // Another one learns to its end: meanwhile this one would have learned, did it not rest.
    await runTrial(await make({}, reads));
    expect(seen).toEqual([1, 2]);
    expect(valuesOf(variables)).toEqual(before);
    control.cancel();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });

  test(`a ${name} that is cancelled stops, and no tensor is left`, async () => {
    await tf.setBackend('wasm');
    const control = new RunControl();
    const kept: number[] = [];
    const trial = await make(
      {},
      {
        ...reads,
        control,
        onCheckpoint: ({ epoch }) => {
          kept.push(epoch);
          if (epoch === 2) control.cancel();
          return Promise.resolve();
        },
      },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(kept).toEqual([1, 2]);
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });

  test(`a checkpoint that cannot be stored ends the training of a ${name}, and no tensor is left`, async () => {
    await tf.setBackend('wasm');
    const trial = await make(
      {},
      { ...reads, onCheckpoint: () => Promise.reject(new Error('full')) },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toThrow('full');
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  });
}

test('a device that is lost ends the loop, and no tensor is left', async () => {
  await tf.setBackend('cpu');
  for (const keep of ['last', 'best'] as const) {
    const watch = new DeviceWatch();
    const trial = headTrial(
      {},
      {
        watch,
        keep,
        onEpoch: () => {
          watch.fail('lost');
        },
      },
    );
    const tensors = tf.memory().numTensors;
    await expect(runEpochs(trial.loop)).rejects.toMatchObject({ kind: 'gpu' });
    expect(tf.memory().numTensors).toBe(tensors);
    trial.dispose();
  }
});
