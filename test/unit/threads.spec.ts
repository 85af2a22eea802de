import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { expect, test } from '@playwright/test';
import { pageVisibility } from '../../src/learning/backend/page-visibility.ts';
import { inputRange } from '../../src/learning/network/input-range.ts';
import { compilePlan } from '../../src/learning/network/plan/compile-plan.ts';
import type { HelperThread, StartHelper } from '../../src/learning/network/wasm/thread-messages.ts';
import { useThreads } from '../../src/learning/network/wasm/use-threads.ts';
import { WasmExecutor } from '../../src/learning/network/wasm/wasm-executor.ts';
import { smallMobileNet } from '../fixtures/reference-network.ts';
import { allowRelaxedSimd } from '../fixtures/relaxed-wasm.ts';

const SIZE = 64;

const alive = new Set<Worker>();

test.beforeAll(allowRelaxedSimd);
test.afterEach(async () => {
  for (const worker of alive) await worker.terminate();
  pageVisibility.isHidden = false;
});

let code: string | undefined;

/** node-thread.ts with all it imports, because Node's workers read no TypeScript. */
function threadCode(): string {
  if (code === undefined) {
    const { outputFiles } = buildSync({
      ...{ entryPoints: ['test/fixtures/node-thread.ts'], bundle: true, write: false },
      ...{ platform: 'node', format: 'cjs' },
    });
    code = outputFiles[0]!.text;
  }
  return code;
}

/** Starts a helper in a Node worker. @param fault as in node-thread.ts */
function startThread(start: StartHelper, fault?: 'stuck' | 'broken'): HelperThread {
  const worker = new Worker(threadCode(), { eval: true, workerData: { start, fault } });
  alive.add(worker);
  worker.on('exit', () => alive.delete(worker));
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      resolve();
    });
    worker.once('error', reject);
  });
  return { ready, end: () => void worker.terminate() };
}

function executor(timeout?: number): WasmExecutor {
  const plan = compilePlan(smallMobileNet(64), SIZE, inputRange({ inputRange: [-1, 1] }))!;
  return new WasmExecutor(plan, 'plain', { shared: true, ...(timeout && { timeout }) });
}

function batch(seed = 0) {
  const rgba = Uint8ClampedArray.from({ length: SIZE * SIZE * 4 }, (_, i) => (seed + 7 * i) % 256);
  return { size: SIZE, pictures: [{ rgba, flip: false }] };
}

for (const threads of [2, 4]) {
  test(`${threads} threads give what one gives, bit for bit, again and again`, async () => {
    const engine = executor();
    const expected = [0, 1, 2].map((seed) => engine.map(batch(seed)));
    await engine.addHelpers(threads - 1, startThread);
    engine.threads = threads;
    expect(engine.threads).toBe(threads);
    for (let round = 0; round < 60; round++) {
      const seed = round % 3;
      expect(
        Buffer.from(engine.map(batch(seed)).buffer).equals(Buffer.from(expected[seed]!.buffer)),
      ).toBe(true);
    }
    engine.endHelpers();
    expect(engine.threads).toBe(1);
    expect(engine.map(batch())).toEqual(expected[0]);
  });
}

test('a helper that never finishes its unit is given up, and the pass is made again', async () => {
  const engine = executor(100);
  const expected = engine.features(batch());
  const lost: unknown[] = [];
  engine.onHelperLost = (cause) => lost.push(cause);
  await engine.addHelpers(1, (start) => startThread(start, 'stuck'));
  engine.threads = 2;
  // It may sleep during the first passes.
  while (lost.length === 0) {
    expect(engine.features(batch())).toEqual(expected);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(lost).toHaveLength(1);
  expect(engine.threads).toBe(1);
  expect(engine.features(batch())).toEqual(expected);
  // Its memory is no longer shared, so no more helpers come.
  await engine.addHelpers(1, startThread);
  engine.threads = 2;
  expect(engine.threads).toBe(1);
});

test('a helper that ends between two passes is not missed', async () => {
  const engine = executor();
  const expected = engine.features(batch());
  await engine.addHelpers(2, startThread);
  engine.threads = 3;
  expect(engine.features(batch())).toEqual(expected);
  const [first] = alive;
  await first!.terminate();
  for (let pass = 0; pass < 5; pass++) expect(engine.features(batch())).toEqual(expected);
  engine.endHelpers();
});

test('a helper that does not start leaves one thread', async () => {
  const engine = executor();
  const expected = engine.features(batch());
  await expect(
    engine.addHelpers(2, (start) => startThread(start, start.helper === 1 ? 'broken' : undefined)),
  ).rejects.toThrow('It does not start');
  expect(engine.threads).toBe(1);
  expect(engine.features(batch())).toEqual(expected);
});

test('the number is measured, and the threads are given back while the page is hidden', async () => {
  const engine = executor();
  let started = 0;
  const loadStart = () =>
    Promise.resolve((start: StartHelper) => {
      started++;
      return startThread(start);
    });
  const threads = useThreads(engine, { loadStart, processors: 2 });
  await threads.ready;
  expect(started).toBe(1);
  expect([1, 2]).toContain(engine.threads);
  pageVisibility.isHidden = true;
  await expect.poll(() => alive.size).toBe(0);
  expect(engine.threads).toBe(1);
  threads.stop();
  pageVisibility.isHidden = false;
  expect(engine.threads).toBe(1);
});

test('the memory does not grow over frames', () => {
  const engine = executor();
  const { bytes } = engine;
  engine.map(batch());
  globalThis.gc?.();
  for (let frame = 0; frame < 60; frame++) engine.features(batch(frame));
  expect(engine.bytes).toBe(bytes);
});
