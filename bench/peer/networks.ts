/** Times engines in a worker. It runs in a page of the test harness: `(await harness.networks()).…`. */
import * as Comlink from 'comlink';
import workerUrl from 'worker-url:./worker-of-networks.ts';
import { trustedScriptUrl } from '../../src/platform/trusted-types.ts';
import type { Contender, NetworkService } from './worker-of-networks.ts';

/** The times of an engine. */
export interface Timed extends Contender {
  /** Milliseconds of each pass. */
  readonly times: number[];
}

/** An engine must give the features of the others, up to rounding. */
const TOLERANCE = 1e-3;
/** Milliseconds before a turn, so that threads of the one before have gone to sleep. */
const PAUSE_MS = 150;

/**
 * Times all engines at one input size, in rounds, a different one first each time.
 *
 * @throws Error if an engine gives other features
 */
export async function timeNetworks(
  size: number,
  batch: number,
  rounds: number,
  passes: number,
): Promise<Timed[]> {
  const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module' });
  try {
    const service = Comlink.wrap<NetworkService>(worker);
    const contenders = await service.start(new URL('bases/', document.baseURI).href, size);
    for (const [index, { engine, threads }] of contenders.entries()) {
      const difference = await service.difference(index, batch);
      if (!(difference <= TOLERANCE)) {
        throw new Error(`${engine}, ${threads} threads: features differ by ${difference}`);
      }
    }
    const results = contenders.map((contender) => ({ ...contender, times: [] as number[] }));
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < results.length; turn++) {
        const index = (round + turn) % results.length;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        results[index]!.times.push(...(await service.time(index, batch, passes)));
      }
    }
    return results;
  } finally {
    worker.terminate();
  }
}
