import * as Comlink from 'comlink';
import workerUrl from 'worker-url:./worker.ts';
import type { ModelRecord } from '../models/record.ts';
import { Problem } from '../problem.ts';
import { setSetting } from '../storage/settings.ts';
import { trustedScriptUrl } from '../trusted-types.ts';
import type {
  Classification,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
  LearningService,
  TrainOptions,
  TrainProgress,
} from './service.ts';

const NOT_STARTED: EngineStatus = {
  phase: 'starting',
  progress: 0,
  pendingPhotos: 0,
  unreadablePhotos: [],
};

/**
 * The page's end of the learning service. `status` is always the newest; a `change` event says
 * that there is a newer one. One for the whole page: see `learningClient`.
 */
export class LearningClient extends EventTarget {
  status: EngineStatus = NOT_STARTED;
  readonly #options: EngineOptions;
  #worker: Worker | undefined;
  #service: Comlink.Remote<LearningService> | undefined;
  #started: Promise<EngineInfo> | undefined;
  /** Ends each call under way, when the worker that should answer it is gone. */
  readonly #pending = new Set<(problem: Problem) => void>();
  #lastCall = 0;

  constructor(options: EngineOptions) {
    super();
    this.#options = options;
  }

  /**
   * Starts the worker and the engine, once; later calls give the same promise until it fails.
   *
   * @throws Problem
   */
  start(): Promise<EngineInfo> {
    if (this.#started) return this.#started;
    this.#update(NOT_STARTED);
    this.#started = this.#start().catch((thrown: unknown) => {
      this.stop();
      const problem = Problem.from(thrown, 'The learning engine does not start.');
      this.#update({ ...NOT_STARTED, phase: 'failed', problem: problem.toData() });
      throw problem;
    });
    return this.#started;
  }

  /** Ends the worker and every call under way; the next call starts a fresh one. */
  stop(
    problem: Problem = new Problem(
      'stopped',
      'The learning engine was stopped. Your photos are safe.',
    ),
  ): void {
    for (const reject of this.#pending) reject(problem);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#service = undefined;
    this.#started = undefined;
  }

  /**
   * Changes to another base or input size, and keeps the choice. Features are computed anew; a
   * model of the base before is used again when that one comes back.
   *
   * @throws Problem
   */
  async useBase(baseId: string, inputSize: number): Promise<EngineInfo> {
    await setSetting('baseId', baseId);
    await setSetting('inputSize', inputSize);
    this.stop();
    return this.start();
  }

  /** See LearningService.train. @throws Problem */
  async train(
    options: TrainOptions,
    control: { signal?: AbortSignal; onProgress?: (progress: TrainProgress) => void } = {},
  ): Promise<ModelRecord> {
    const service = await this.#ready();
    const call = ++this.#lastCall;
    const cancel = () => void service.cancel(call);
    control.signal?.addEventListener('abort', cancel);
    if (control.signal?.aborted) cancel();
    try {
      const onProgress = Comlink.proxy(control.onProgress ?? (() => undefined));
      return await this.#answer(service.train(call, options, onProgress));
    } catch (thrown) {
      throw Problem.from(thrown, 'The training stopped. Your photos and models are safe.');
    } finally {
      control.signal?.removeEventListener('abort', cancel);
    }
  }

  /** Classifies one picture, which it takes over and closes. See LearningService.classify. @throws Problem */
  async classify(frame: VideoFrame | ImageBitmap): Promise<Classification> {
    try {
      const service = await this.#ready();
      return await this.#answer(service.classify(Comlink.transfer(frame, [frame])));
    } catch (thrown) {
      frame.close();
      throw Problem.from(thrown, 'This picture could not be classified.');
    }
  }

  /** What TensorFlow.js holds in the worker now. @throws Problem */
  async memory(): Promise<EngineMemory> {
    return (await this.#ready()).memory();
  }

  async #ready(): Promise<Comlink.Remote<LearningService>> {
    await this.start();
    return this.#service!;
  }

  async #start(): Promise<EngineInfo> {
    const worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: 'learning' });
    this.#worker = worker;
    const service = Comlink.wrap<LearningService>(worker);
    this.#service = service;
    worker.addEventListener('error', ({ message }) => {
      if (this.#worker !== worker) return;
      const sentence = 'The learning engine stopped. Your photos and models are safe.';
      this.stop(new Problem('worker', sentence, { cause: message }));
    });
    const onStatus = (status: EngineStatus) => {
      if (this.#worker === worker) this.#update(status);
    };
    await this.#answer(service.observe(Comlink.proxy(onStatus)));
    return this.#answer(service.start(this.#options));
  }

  /** The worker's answer, or the reason why there will be none. */
  #answer<Result>(call: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      call.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }

  #update(status: EngineStatus): void {
    this.status = status;
    this.dispatchEvent(new Event('change'));
  }
}
