import * as Comlink from 'comlink';
import { msg } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';
import { EngineWorker } from './engine-worker.ts';
import type {
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
} from '../../records/engine.ts';
import type {
  Classification,
  ClassifyOptions,
  LibraryPredictions,
} from '../../records/classification.ts';
import { TrainingCalls, type TrainControl } from './training-calls.ts';
import type { ModelSummaries, SummaryOptions, TunableBlock } from '../../records/summary.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

const NOT_STARTED: EngineStatus = {
  phase: 'starting',
  progress: 0,
  pendingPhotos: 0,
  unreadablePhotos: [],
};

/** A GPU that fails more often in one visit is left alone until the person tries again. */
const MAX_GPU_FAILURES = 2;

export interface PredictControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * The page's end of the learning service. `status` is always the newest; a `change` event says
 * that there is a newer one. One for the whole page: see `learningClient`.
 */
export class LearningClient extends EventTarget {
  status: EngineStatus = NOT_STARTED;
  readonly #options: EngineOptions;
  #engine: EngineWorker | undefined;
  #started: Promise<EngineInfo> | undefined;
  #lastCall = 0;
  readonly #training = new TrainingCalls({
    ready: () => this.#ready(),
    nextCall: () => ++this.#lastCall,
    status: () => this.status,
  });
  #gpuFailures = 0;

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
    const engine = new EngineWorker((problem) => {
      this.#fail(problem);
    });
    this.#engine = engine;
    const onStatus = (status: EngineStatus) => {
      if (status.problem?.kind === 'gpu') this.#restart(Problem.from(status.problem));
      else this.#update(status);
    };
    this.#started = engine.start(this.#options, onStatus).catch((thrown: unknown) => {
      const problem = Problem.from(thrown, msg('The learning engine does not start.'));
      if (this.#engine === engine) this.#fail(problem);
      throw problem;
    });
    return this.#started;
  }

  /** Ends the worker and every call under way; the next call starts a fresh one. */
  stop(
    problem: Problem = new Problem(
      'stopped',
      msg('The learning engine was stopped. Your photos are safe.'),
    ),
  ): void {
    this.#engine?.end(problem);
    this.#engine = undefined;
    this.#started = undefined;
  }

  /**
   * Changes to another base or input size, and keeps the choice. Features are computed anew; a
   * model of the base before is used again when that one comes back.
   *
   * @throws Problem when it does not start; the base before is then used again
   */
  async useBase(baseId: string, inputSize: number): Promise<EngineInfo> {
    const before = {
      baseId: await getSetting('baseId'),
      inputSize: await getSetting('inputSize'),
    };
    await saveSettings({ baseId, inputSize });
    this.stop();
    try {
      const info = await this.start();
      if (info.base.id !== baseId && info.baseProblem) throw Problem.from(info.baseProblem);
      return info;
    } catch (thrown) {
      await saveSettings(before);
      this.stop();
      await this.start().catch(() => undefined);
      throw thrown;
    }
  }

  /**
   * See LearningService.train. If the GPU is lost, the training resumes from its last checkpoint in a
   * new worker.
   *
   * @throws Problem
   */
  train(options: TrainOptions, control?: TrainControl): Promise<ModelRecord> {
    return this.#training.train(options, control);
  }

  /** See LearningService.resumeTraining. @throws Problem */
  resumeTraining(control?: TrainControl): Promise<ModelRecord> {
    return this.#training.resume(control);
  }

  /** See LearningService.discardTraining. @throws Problem */
  discardTraining(): Promise<void> {
    return this.#training.discard();
  }

  /** Pauses the training of this page. */
  pauseTraining(): void {
    this.#training.pause();
  }

  /** Lets the paused training of this page run again. */
  resumePausedTraining(): void {
    this.#training.resumePaused();
  }

  /** Classifies one picture, which it takes over and closes. See LearningService.classify. @throws Problem */
  async classify(
    frame: VideoFrame | ImageBitmap,
    options?: ClassifyOptions,
  ): Promise<Classification> {
    try {
      const engine = await this.#ready();
      const sent = Comlink.transfer(frame, [frame]);
      return await engine.answer(engine.service.classify(sent, options));
    } catch (thrown) {
      frame.close();
      throw Problem.from(thrown, msg('This picture could not be classified.'));
    }
  }

  /** See LearningService.judgePhotos. @throws Problem */
  async predictLibrary({ signal, onProgress }: PredictControl = {}): Promise<LibraryPredictions> {
    const engine = await this.#ready();
    const call = ++this.#lastCall;
    const cancel = () => void engine.service.cancel(call);
    if (signal?.aborted) throw new Problem('cancelled', msg('Nobody waits for it any more.'));
    signal?.addEventListener('abort', cancel);
    try {
      const report = Comlink.proxy(onProgress ?? (() => undefined));
      return await engine.answer(engine.service.predictLibrary(call, report));
    } catch (thrown) {
      throw Problem.from(thrown, msg('The photos could not be checked.'));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /**
   * Random augmentations of a photo, which are the caller's to close. See LearningService.augmented.
   *
   * @throws Problem
   */
  async augmented(photoId: string, count: number): Promise<ImageBitmap[]> {
    // The worker answers before its engine is there, whose failure stands in the status.
    this.start().catch(() => undefined);
    try {
      const engine = this.#engine!;
      return await engine.answer(engine.service.augmented(photoId, count));
    } catch (thrown) {
      throw Problem.from(thrown, msg('The pictures could not be made.'));
    }
  }

  /** What TensorFlow.js holds in the worker now. @throws Problem */
  async memory(): Promise<EngineMemory> {
    return this.#call((service) => service.memory());
  }

  /** See LearningService.estimate. @throws Problem */
  async estimate(options: TrainOptions): Promise<TrainingEstimate> {
    return this.#call((service) => service.estimate(options));
  }

  /** See LearningService.summaries. @throws Problem */
  async summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined> {
    return this.#call((service) => service.summaries(options));
  }

  /** See LearningService.tunableBlocks. @throws Problem */
  async tunableBlocks(): Promise<readonly TunableBlock[]> {
    return this.#call((service) => service.tunableBlocks());
  }

  async #call<Result>(
    call: (service: EngineWorker['service']) => Promise<Result>,
  ): Promise<Result> {
    const engine = await this.#ready();
    return engine.answer(call(engine.service));
  }

  async #ready(): Promise<EngineWorker> {
    await this.start();
    return this.#engine!;
  }

  /** A lost GPU takes all that was on it along: a fresh worker loads it from storage. */
  #restart(problem: Problem): void {
    if (++this.#gpuFailures > MAX_GPU_FAILURES) {
      this.#fail(problem);
    } else {
      this.stop(problem);
      this.start().catch(() => undefined);
    }
  }

  #fail(problem: Problem): void {
    this.stop(problem);
    this.#update({ ...NOT_STARTED, phase: 'failed', problem: problem.toData() });
  }

  #update(status: EngineStatus): void {
    this.status = status;
    this.dispatchEvent(new Event('change'));
  }
}
