import { SerialQueue } from '../../../platform/serial-queue.ts';
import { pageVisibility } from '../../backend/page-visibility.ts';
import type { StartThread } from './thread-messages.ts';
import { MAX_THREADS, type WasmExecutor } from './wasm-executor.ts';

/** Passes with each number of threads; the fastest of them counts. */
const ROUNDS = 5;
/** More threads must be faster by this factor, or they are not worth their heat. */
const WORTHWHILE = 0.9;

/** Whether memory can be shared between threads here. */
export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated && typeof SharedArrayBuffer === 'function';
}

/** The number of threads that was fastest on this device; undefined before it was measured. */
let fastestHere: number | undefined;

interface ThreadOptions {
  /** Loads the code that starts threads. */
  readonly loadStart: () => Promise<StartThread>;
  /** Processors of the device. */
  readonly processors: number;
}

/**
 * Gives an executor as many threads as make it fastest on this device, while the page is visible.
 * Where threads do not start or compute something else, it stays at one.
 *
 * @returns `ready` resolves when the number is set, `stop` ends all threads but the caller's
 */
export function useThreads(
  executor: WasmExecutor,
  { loadStart, processors }: ThreadOptions,
): { ready: Promise<void>; stop: () => void } {
  const most = Math.min(MAX_THREADS, processors);
  const changes = new SerialQueue();
  let hasEnded = false;
  const mayHelp = () => !hasEnded && !pageVisibility.isHidden;
  const adapt = async () => {
    const wanted = fastestHere ?? most;
    if (mayHelp() && wanted > 1) await executor.addHelpers(wanted - 1, await loadStart());
    if (!mayHelp()) {
      executor.endHelpers();
      return;
    }
    fastestHere ??= await fastestThreads(executor, most);
    executor.endHelpers(fastestHere - 1);
    executor.threads = fastestHere;
  };
  const stop = () => {
    hasEnded = true;
    pageVisibility.removeEventListener('change', onChange);
    executor.endHelpers();
  };
  const change = () =>
    changes.run(adapt).catch((thrown: unknown) => {
      console.warn('The network runs on one thread.', thrown);
      stop();
    });
  const onChange = () => void change();
  executor.onHelperLost = (cause) => {
    console.warn('A thread of the network was lost.', cause);
    stop();
  };
  pageVisibility.addEventListener('change', onChange);
  return { ready: change(), stop };
}

/**
 * Measures passes with one thread and more, and compares what they give. Other calls of the worker
 * run between the passes.
 *
 * @throws Error if the features differ
 */
async function fastestThreads(executor: WasmExecutor, most: number): Promise<number> {
  const { side } = executor.plan;
  const rgba = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (31 * i) % 256);
  const batch = { size: side, pictures: [{ rgba, flip: false }] };
  const times = Array.from({ length: most }, () => Infinity);
  const expected = executor.features(batch);
  for (let round = 0; round < ROUNDS; round++) {
    for (let threads = 1; threads <= most; threads++) {
      executor.threads = threads;
      const started = performance.now();
      const features = executor.features(batch);
      times[threads - 1] = Math.min(times[threads - 1]!, performance.now() - started);
      executor.threads = 1;
      if (features.some((value, i) => value !== expected[i])) {
        throw new Error(`${threads} threads give other features than one`);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return times.reduce((best, time, i) => (time < times[best - 1]! * WORTHWHILE ? i + 1 : best), 1);
}
