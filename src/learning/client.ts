import * as Comlink from 'comlink';
import workerUrl from 'worker-url:./worker.ts';
import type { ModelRecord } from '../models/record.ts';
import { Problem } from '../problem.ts';
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
    this.#started ??= this.#start().catch((thrown: unknown) => {
      this.stop();
      const problem = Problem.from(thrown, 'The learning engine does not start.');
      this.#update({ ...NOT_STARTED, phase: 'failed', problem: problem.toData() });
      throw problem;
    });
    return this.#started;
  }

  /** Ends the worker; the next call starts a fresh one. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#service = undefined;
    this.#started = undefined;
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
      return await service.train(call, options, onProgress);
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
      return await service.classify(Comlink.transfer(frame, [frame]));
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
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        reject(
          new Problem('worker', 'The learning engine could not be loaded.', {
            cause: event.message,
          }),
        );
      });
    });
    const start = async () => {
      await service.observe(Comlink.proxy((status: EngineStatus) => this.#update(status)));
      return service.start(this.#options);
    };
    return Promise.race([start(), failed]);
  }

  #update(status: EngineStatus): void {
    this.status = status;
    this.dispatchEvent(new Event('change'));
  }
}
