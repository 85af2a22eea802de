import workerUrl from 'worker-url:./prepare-worker.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import type { FindSquare } from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';
import { preparePhoto, type PreparedPhoto } from './prepare-photo.ts';
import type { PrepareAnswer, PrepareRequest } from './prepare-worker.ts';

/** A phone has memory for two decoded pictures at a time. */
const WORKERS = 2;

interface PoolOptions {
  /** As in `preparePhoto`. */
  readonly findSquare?: FindSquare | undefined;
  /** How many pictures are decoded at a time. */
  readonly workers?: number;
}

/**
 * Decodes and encodes pictures in workers, at most two at a time by default. Workers that do not start are
 * replaced by this thread.
 */
export class PreparePool {
  /** Undefined stands for this thread. */
  readonly #idle: (Worker | undefined)[];
  readonly #waiting: (() => void)[] = [];

  readonly #findSquare: FindSquare | undefined;

  constructor({ findSquare, workers = WORKERS }: PoolOptions = {}) {
    this.#findSquare = findSquare;
    this.#idle = Array.from({ length: workers }, startWorker);
  }

  /**
   * Prepares one picture as soon as a worker is idle.
   *
   * @param isOver asked then
   * @returns undefined if it is over
   * @throws Problem of `preparePhoto`
   */
  async prepare(file: Blob, isOver: () => boolean): Promise<PreparedPhoto | undefined> {
    while (this.#idle.length === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    let worker = this.#idle.pop();
    try {
      if (isOver()) return undefined;
      if (!worker) return await preparePhoto(file, this.#findSquare);
      const answer = await ask(worker, file, this.#findSquare);
      if (answer) {
        if ('problem' in answer) throw Problem.from(answer.problem);
        return answer.photo;
      }
      worker.terminate();
      worker = undefined;
      return await preparePhoto(file, this.#findSquare);
    } finally {
      this.#idle.push(worker);
      this.#waiting.shift()?.();
    }
  }

  /** Ends the workers; call it when no picture is being prepared. */
  end(): void {
    for (const worker of this.#idle.splice(0)) worker?.terminate();
  }
}

/** Workers whose code could not be loaded; they may fail before the first picture is there. */
const failed = new WeakSet<Worker>();

function startWorker(): Worker | undefined {
  try {
    const worker = new Worker(trustedScriptUrl(workerUrl), {
      type: 'module',
      name: workerName('pictures'),
    });
    worker.onerror = () => failed.add(worker);
    return worker;
  } catch {
    return undefined;
  }
}

/** The worker's answer; undefined if the worker has failed. */
function ask(
  worker: Worker,
  file: Blob,
  findSquare: FindSquare | undefined,
): Promise<Result | undefined> {
  return new Promise((resolve) => {
    if (failed.has(worker)) return resolve(undefined);
    const send = (request: PrepareRequest) => worker.postMessage(request);
    worker.onmessage = ({ data }: MessageEvent<PrepareAnswer>) => {
      if (!('reduced' in data)) resolve(data);
      else if (findSquare) {
        findSquare(data.reduced, data.size).then(
          (square) => send({ square }),
          () => send({ square: undefined }),
        );
      }
    };
    worker.onerror = worker.onmessageerror = () => resolve(undefined);
    send({ file, asks: findSquare !== undefined });
  });
}

/** An answer that is no question. */
type Result = Exclude<PrepareAnswer, { readonly reduced: ImageBitmap }>;
