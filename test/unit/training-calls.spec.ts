import { expect, test } from '@playwright/test';
import { TrainingCalls } from '../../src/learning/api/training-calls.ts';
import type { EngineWorker } from '../../src/learning/api/engine-worker.ts';
import { Problem } from '../../src/platform/problem.ts';
import type { EngineStatus } from '../../src/records/engine.ts';
import type { ModelRecord } from '../../src/records/model.ts';

type Answer = () => Promise<ModelRecord>;

const lost = new Problem('gpu', 'The GPU stopped.');
const model = { id: 'made' } as ModelRecord;
const succeeds: Answer = () => Promise.resolve(model);
const fails =
  (problem: Problem): Answer =>
  () =>
    Promise.reject(problem);
const noCheckpoint = fails(new Problem('no-checkpoint', 'There is nothing.'));

/**
 * The training calls of a client whose workers give the answers in turn.
 *
 * @param unfinished what the status says, which no decision may depend on
 */
function clientOf(answers: Answer[], unfinished?: EngineStatus['unfinished']) {
  const log: string[] = [];
  const ids = new Set<string | undefined>();
  let engines = 0;
  let isLost = true;
  let engine: EngineWorker | undefined;
  const next = () => (answers.shift() ?? succeeds)();
  const makeEngine = () =>
    ({
      answer: (call: Promise<unknown>) => call,
      service: {
        train: (...[, , , modelId]: unknown[]) => {
          log.push('train');
          ids.add(modelId as string);
          return next();
        },
        resumeTraining: (...[, , modelId]: unknown[]) => {
          log.push('resume');
          ids.add(modelId as string | undefined);
          return next();
        },
        discardTraining: () => {
          log.push('discard');
          return Promise.resolve();
        },
        pause: () => log.push('pause'),
        resumePaused: () => log.push('resume paused'),
        cancel: () => log.push('cancel'),
      },
    }) as unknown as EngineWorker;
  const status: EngineStatus = {
    phase: 'ready',
    progress: 1,
    pendingPhotos: 0,
    unreadablePhotos: [],
    ...(unfinished && { unfinished }),
  };
  let call = 0;
  let phase = status.phase;
  const calls = new TrainingCalls({
    ready: () => {
      if (isLost) {
        engine = makeEngine();
        engines++;
        isLost = false;
      }
      return Promise.resolve(engine!);
    },
    nextCall: () => ++call,
    status: () => ({ ...status, phase }),
    onLostGpu: (each) => {
      if (each === engine) isLost = true;
    },
    whenBaseIsSet: () => Promise.resolve(),
  });
  const fail = () => (phase = 'failed');
  return { calls, log, ids, fail, engines: () => engines };
}

const options = { preset: 'quick' } as const;

test('after a lost GPU it asks a new worker for the checkpoint of this training', async () => {
  const { calls, log, ids, engines } = clientOf([fails(lost), fails(lost), succeeds]);
  expect(calls.isRunning).toBe(false);
  const training = calls.train(options);
  expect(calls.isRunning).toBe(true);
  expect(await training).toBe(model);
  expect(calls.isRunning).toBe(false);
  expect(log).toEqual(['train', 'resume', 'resume']);
  expect(ids.size).toBe(1);
  expect([...ids][0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(engines()).toBe(3);
});

test('it begins anew only when told that there is no checkpoint, whatever the status says', async () => {
  const unfinished = { preset: 'quick', stage: 'head', epoch: 1, epochs: 2, savedAt: 0 } as const;
  for (const told of [undefined, unfinished]) {
    const resumed = clientOf([fails(lost), succeeds], told);
    await resumed.calls.train(options);
    expect(resumed.log).toEqual(['train', 'resume']);
    const begun = clientOf([fails(lost), noCheckpoint, fails(lost), noCheckpoint, succeeds], told);
    expect(await begun.calls.train(options)).toBe(model);
    expect(begun.log).toEqual(['train', 'resume', 'train', 'resume', 'train']);
    expect(begun.ids.size).toBe(1);
  }
});

test('a training that an earlier call began is never begun anew', async () => {
  const { calls, log } = clientOf([fails(lost), noCheckpoint]);
  await expect(calls.resume()).rejects.toMatchObject({ kind: 'no-checkpoint' });
  expect(log).toEqual(['resume', 'resume']);
});

test('another problem, or an engine that no longer starts, ends it', async () => {
  const full = new Problem('quota', 'The disk is full.');
  const ended = clientOf([fails(full)]);
  await expect(ended.calls.train(options)).rejects.toBe(full);
  expect(ended.log).toEqual(['train']);
  expect(ended.calls.isRunning).toBe(false);
  const failed = clientOf([fails(lost)]);
  failed.fail();
  await expect(failed.calls.train(options)).rejects.toBe(lost);
  expect(failed.log).toEqual(['train']);
});

test('cancelled while the GPU starts again, its checkpoints are discarded', async () => {
  const control = new AbortController();
  const { calls, log } = clientOf([
    () => {
      control.abort();
      return Promise.reject(lost);
    },
  ]);
  const training = calls.train(options, { signal: control.signal });
  await expect(training).rejects.toMatchObject({ kind: 'cancelled' });
  expect(log).toEqual(['train', 'cancel', 'discard']);
});

test('another training that is refused leaves the first one to be paused', async () => {
  let end = () => {};
  const first = new Promise<ModelRecord>((resolve) => {
    end = () => {
      resolve(model);
    };
  });
  const busy = new Problem('busy', 'A training is running.');
  const { calls, log } = clientOf([() => first, fails(busy)]);
  const training = calls.train(options);
  await expect(calls.train(options)).rejects.toBe(busy);
  calls.pause();
  end();
  expect(await training).toBe(model);
  expect(log).toEqual(['train', 'train', 'pause']);
});

test('a pause outlives the worker in which it was asked for', async () => {
  const { calls, log } = clientOf([
    async () => {
      await Promise.resolve();
      calls.pause();
      throw lost;
    },
    succeeds,
  ]);
  await calls.train(options);
  expect(log).toEqual(['train', 'pause', 'resume', 'pause']);
});
