import * as Comlink from 'comlink';
import { msg } from '../../i18n/msg.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { ModelRecord } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import { SerialQueue } from '../../platform/serial-queue.ts';
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
import { predictLibrary, type PredictControl } from './predict-library.ts';
import { TrainingCalls, type TrainControl } from './training-calls.ts';
import type { ModelSummaries, SummaryOptions, TunableBlock } from '../../records/summary.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

const NOT_STARTED: EngineStatus = {
  phase: 'starting',
  progress: 0,
  pendingPhotos: 0,
  unreadablePhotos: [],
};

/** If the GPU fails more often in one visit, the engine stops until the user starts it again. */
const MAX_GPU_FAILURES = 2;

/**
 * The page's side of the learning service. `status` is always the newest status; each change of it
 * fires a `change` event. The whole page shares one instance: see `learning` in
 * session/learning.ts.
 */
export class LearningClient extends EventTarget {
  status: EngineStatus = NOT_STARTED;
  readonly #options: EngineOptions;
  #engine: EngineWorker | undefined;
  #started: Promise<EngineInfo> | undefined;
  #isHidden = false;
  #lastCall = 0;
  readonly #training = new TrainingCalls({
    ready: () => this.#ready(),
    nextCall: () => ++this.#lastCall,
    status: () => this.status,
    onLostGpu: (lost, problem) => this.#restart(lost, problem),
    whenBaseIsSet: () => this.#baseChanges.whenIdle(),
  });
  /** One change of the base at a time: each stops the worker. */
  readonly #baseChanges = new SerialQueue();
  #gpuFailures = 0;

  constructor(options: EngineOptions) {
    super();
    this.#options = options;
  }

  /**
   * Starts the worker and the engine, once. Later calls return the same promise until it rejects.
   *
   * @throws Problem
   */
  start(): Promise<EngineInfo> {
    if (this.#started) return this.#started;
    this.#update(NOT_STARTED);
    const engine = (this.#engine ??= this.#newWorker());
    const onStatus = (status: EngineStatus) => {
      if (status.problem?.kind === 'gpu') this.#restart(engine, Problem.from(status.problem));
      else this.#update(status);
    };
    this.#started = engine.start(this.#options, onStatus).catch((thrown: unknown) => {
      const problem = Problem.from(thrown, msg('The learning engine does not start.'));
      if (this.#engine === engine) this.#fail(problem);
      throw problem;
    });
    return this.#started;
  }

  /** Ends the worker and rejects every pending call; the next call starts a new worker. */
  stop(problem: Problem = stopped()): void {
    this.#engine?.end(problem);
    this.#engine = undefined;
    this.#started = undefined;
  }

  /** See LearningService.setHidden. A worker that starts later is told too. */
  setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    void this.#engine?.service.setHidden(isHidden);
  }

  /**
   * Changes to another base or input size (in pixels) and stores the choice. The features of all
   * photos are computed again. A model of the previous base is used again when the user returns to
   * that base. Changes run one after another.
   *
   * @throws Problem `busy` while a training of this page runs; another when the base does not start.
   *   The previous base is then used again.
   */
  useBase(baseId: string, inputSize: number): Promise<EngineInfo> {
    return this.#changeBase(() => this.#useBase(baseId, inputSize));
  }

  /** Forgets the choice of a base and changes to the default base. @throws Problem as `useBase` */
  useDefaultBase(): Promise<EngineInfo> {
    return this.#changeBase(async () => {
      await saveSettings({ baseId: undefined, inputSize: undefined });
      this.stop();
      return this.start();
    });
  }

  async #useBase(baseId: string, inputSize: number): Promise<EngineInfo> {
    const previous = {
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
      await saveSettings(previous).catch(console.error);
      this.stop();
      await this.start().catch(() => undefined);
      throw thrown;
    }
  }

  /** Changes run one after another. A training that is asked for later waits for them. */
  async #changeBase(change: () => Promise<EngineInfo>): Promise<EngineInfo> {
    this.assertBaseCanChange();
    return this.#baseChanges.run(change);
  }

  /** @throws Problem `busy` while a training of this page runs, as `useBase` would */
  assertBaseCanChange(): void {
    if (!this.#training.isRunning) return;
    throw new Problem('busy', msg('A training is running. Change the base when it is done.'));
  }

  /**
   * See LearningService.train. If the GPU is lost, the training resumes from its last checkpoint in
   * a new worker.
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

  /**
   * Classifies one picture. The picture is transferred to the worker and closed in any case. See
   * LearningService.classify.
   *
   * @throws Problem
   */
  classify(frame: VideoFrame | ImageBitmap, options?: ClassifyOptions): Promise<Classification> {
    return this.#ask(frame, (service, sent) => service.classify(sent, options));
  }

  /** As `classify`, see LearningService.findBoxes. @throws Problem */
  findBoxes(picture: ImageBitmap): Promise<FoundBox[] | undefined> {
    return this.#ask(picture, (service, sent) => service.findBoxes(sent));
  }

  /** See LearningService.predictLibrary. @throws Problem */
  async predictLibrary(control: PredictControl = {}): Promise<LibraryPredictions> {
    return predictLibrary(await this.#ready(), ++this.#lastCall, control);
  }

  /**
   * Random augmentations of a photo; the caller closes them. See LearningService.augmented.
   *
   * @throws Problem
   */
  async augmented(photoId: string, count: number): Promise<ImageBitmap[]> {
    try {
      // The worker answers before its engine has started. A failed start is in the status.
      this.start().catch(() => undefined);
      const engine = this.#worker();
      return await engine.answer(engine.service.augmented(photoId, count));
    } catch (thrown) {
      throw Problem.from(thrown, msg('The pictures could not be made.'));
    }
  }

  /** See LearningService.memory. @throws Problem */
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

  async #ask<Picture extends VideoFrame | ImageBitmap, Result>(
    picture: Picture,
    call: (service: EngineWorker['service'], sent: Picture) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#call((service) => call(service, Comlink.transfer(picture, [picture])));
    } catch (thrown) {
      picture.close();
      throw Problem.from(thrown, msg('This picture could not be classified.'));
    }
  }

  async #call<Result>(
    call: (service: EngineWorker['service']) => Promise<Result>,
  ): Promise<Result> {
    const engine = await this.#ready();
    return engine.answer(call(engine.service));
  }

  async #ready(): Promise<EngineWorker> {
    await this.start();
    return this.#worker();
  }

  #newWorker(): EngineWorker {
    const engine = new EngineWorker((problem) => {
      this.#fail(problem);
    });
    if (this.#isHidden) void engine.service.setHidden(true);
    return engine;
  }

  /** The current worker. @throws Problem `stopped` if there is none */
  #worker(): EngineWorker {
    if (this.#engine) return this.#engine;
    throw stopped();
  }

  /** Everything on a lost GPU is gone, so a new worker loads it from storage again. */
  #restart(lost: EngineWorker, problem: Problem): void {
    if (this.#engine !== lost) return;
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

function stopped(): Problem {
  return new Problem('stopped', msg('The learning engine was stopped. Your photos are safe.'));
}
