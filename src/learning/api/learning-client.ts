import * as Comlink from 'comlink';
import workerUrl from 'worker-url:../worker/worker.ts';
import { msg } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import { Problem } from '../../platform/problem.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';
import type {
  CallId,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
} from '../../records/engine.ts';
import type { Classification, ClassifyOptions, Judgement } from '../../records/classification.ts';
import type { LearningService } from './learning-service.ts';
import type { ModelSummaries, SummaryOptions, TunableBlock } from '../../records/summary.ts';
import type { TrainingEstimate, TrainOptions, TrainProgress } from '../../records/training.ts';

const NOT_STARTED: EngineStatus = {
  phase: 'starting',
  progress: 0,
  pendingPhotos: 0,
  unreadablePhotos: [],
};

/** A GPU that fails more often in one visit is left alone until the person tries again. */
const MAX_GPU_FAILURES = 2;

export interface TrainControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
}

export interface JudgeControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

type TrainCall = (
  service: Comlink.Remote<LearningService>,
  call: CallId,
  onProgress: (progress: TrainProgress) => void,
) => Promise<ModelRecord>;

const resume: TrainCall = (service, call, onProgress) => service.resumeTraining(call, onProgress);

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
  #trainingCall: CallId | undefined;
  /** The training of this page is to rest, also one that has yet to reach its worker. */
  #pauses = false;
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
    const worker = new Worker(trustedScriptUrl(workerUrl), {
      type: 'module',
      name: workerName('learning'),
    });
    this.#worker = worker;
    this.#started = this.#start(worker).catch((thrown: unknown) => {
      const problem = Problem.from(thrown, msg('The learning engine does not start.'));
      if (this.#worker === worker) this.#fail(problem);
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
   * See LearningService.train. When the GPU is lost on the way, the training goes on from its last
   * checkpoint on a fresh one.
   *
   * @throws Problem
   */
  train(options: TrainOptions, control: TrainControl = {}): Promise<ModelRecord> {
    this.#pauses = false;
    return this.#train(control, (service, call, onProgress) =>
      service.train(call, options, onProgress),
    );
  }

  /** See LearningService.resumeTraining. @throws Problem */
  resumeTraining(control: TrainControl = {}): Promise<ModelRecord> {
    this.#pauses = false;
    return this.#train(control, resume);
  }

  /** See LearningService.discardTraining. @throws Problem */
  async discardTraining(): Promise<void> {
    const service = await this.#ready();
    await this.#answer(service.discardTraining());
  }

  /** Lets the training of this page rest; `unpauseTraining` lets it go on. */
  pauseTraining(): void {
    this.#pauses = true;
    if (this.#trainingCall !== undefined) void this.#service?.pause(this.#trainingCall);
  }

  unpauseTraining(): void {
    this.#pauses = false;
    if (this.#trainingCall !== undefined) void this.#service?.unpause(this.#trainingCall);
  }

  /** Classifies one picture, which it takes over and closes. See LearningService.classify. @throws Problem */
  async classify(
    frame: VideoFrame | ImageBitmap,
    options?: ClassifyOptions,
  ): Promise<Classification> {
    try {
      const service = await this.#ready();
      return await this.#answer(service.classify(Comlink.transfer(frame, [frame]), options));
    } catch (thrown) {
      frame.close();
      throw Problem.from(thrown, msg('This picture could not be classified.'));
    }
  }

  /** See LearningService.judgePhotos. @throws Problem */
  async judgePhotos({ signal, onProgress }: JudgeControl = {}): Promise<Judgement> {
    const service = await this.#ready();
    const call = ++this.#lastCall;
    const cancel = () => void service.cancel(call);
    if (signal?.aborted) throw new Problem('cancelled', msg('Nobody waits for it any more.'));
    signal?.addEventListener('abort', cancel);
    try {
      const report = Comlink.proxy(onProgress ?? (() => undefined));
      return await this.#answer(service.judgePhotos(call, report));
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
      return await this.#answer(this.#service!.augmented(photoId, count));
    } catch (thrown) {
      throw Problem.from(thrown, msg('The pictures could not be made.'));
    }
  }

  /** What TensorFlow.js holds in the worker now. @throws Problem */
  async memory(): Promise<EngineMemory> {
    return this.#answer((await this.#ready()).memory());
  }

  /** See LearningService.estimate. @throws Problem */
  async estimate(options: TrainOptions): Promise<TrainingEstimate> {
    return this.#answer((await this.#ready()).estimate(options));
  }

  /** See LearningService.summaries. @throws Problem */
  async summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined> {
    return this.#answer((await this.#ready()).summaries(options));
  }

  /** See LearningService.tunableBlocks. @throws Problem */
  async tunableBlocks(): Promise<readonly TunableBlock[]> {
    return this.#answer((await this.#ready()).tunableBlocks());
  }

  async #train(control: TrainControl, begin: TrainCall): Promise<ModelRecord> {
    try {
      return await this.#trainOnce(control, begin);
    } catch (thrown) {
      const problem = Problem.from(
        thrown,
        msg('The training stopped. Your photos and models are safe.'),
      );
      if (problem.kind !== 'gpu' || this.status.phase === 'failed') throw problem;
      await this.#ready();
      if (control.signal?.aborted) {
        // The worker that was to forget it is gone.
        await this.discardTraining();
        throw cancelled();
      }
      // Before the first checkpoint there is nothing to go on from.
      return this.#train(control, this.status.unfinished ? resume : begin);
    }
  }

  async #trainOnce({ signal, onProgress }: TrainControl, begin: TrainCall): Promise<ModelRecord> {
    const service = await this.#ready();
    if (signal?.aborted) throw cancelled();
    const call = ++this.#lastCall;
    const cancel = () => void service.cancel(call);
    signal?.addEventListener('abort', cancel);
    this.#trainingCall = call;
    try {
      const report = Comlink.proxy(onProgress ?? (() => undefined));
      const answer = this.#answer(begin(service, call, report));
      // Asked for before the worker knew this call: while it started, or on the one before.
      if (this.#pauses) void service.pause(call);
      return await answer;
    } finally {
      this.#trainingCall = undefined;
      signal?.removeEventListener('abort', cancel);
    }
  }

  async #ready(): Promise<Comlink.Remote<LearningService>> {
    await this.start();
    return this.#service!;
  }

  async #start(worker: Worker): Promise<EngineInfo> {
    const service = Comlink.wrap<LearningService>(worker);
    this.#service = service;
    worker.addEventListener('error', ({ message }) => {
      const sentence = msg('The learning engine stopped. Your photos and models are safe.');
      if (this.#worker === worker) this.#fail(new Problem('worker', sentence, { cause: message }));
    });
    const onStatus = (status: EngineStatus) => {
      if (this.#worker !== worker) return;
      if (status.problem?.kind === 'gpu') this.#restart(Problem.from(status.problem));
      else this.#update(status);
    };
    await this.#answer(service.observe(Comlink.proxy(onStatus)));
    return this.#answer(service.start(this.#options));
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

function cancelled(): Problem {
  return new Problem('cancelled', msg('The training was cancelled.'));
}
