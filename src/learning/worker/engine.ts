import { withPicture } from '../../image/frame-canvas.ts';
import { msg } from '../../i18n/msg.ts';
import { FEWEST_CLASSES } from '../../photos/class-limits.ts';
import { countPhotos } from '../../photos/repository.ts';
import { Coalesced } from '../../platform/coalesced.ts';
import { Problem } from '../../platform/problem.ts';
import { RunControl } from '../../platform/run-control.ts';
import type {
  Classification,
  ClassifyOptions,
  LibraryPredictions,
} from '../../records/classification.ts';
import type {
  CallId,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
} from '../../records/engine.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { ModelSummaries, SummaryOptions, TunableBlock } from '../../records/summary.ts';
import type { TrainingEstimate, TrainOptions, TrainProgress } from '../../records/training.ts';
import { onChange } from '../../storage/changes.ts';
import { getSetting } from '../../storage/settings.ts';
import { releaseProxy } from './expose-service.ts';
import type { LearningService } from '../api/learning-service.ts';
import { engineMemory } from '../backend/engine-memory.ts';
import { precedence } from '../backend/precedence.ts';
import { pageVisibility } from '../backend/page-visibility.ts';
import { listOwnBases, sweepOwnBases } from '../bases/own/own-bases.ts';
import { tunableBlocks } from '../fine-tune/tunable-blocks.ts';
import { estimateTraining } from '../training/estimate-training.ts';
import { AnsweringModel } from './answering-model.ts';
import { modelSummaries } from './model-summaries.ts';
import { startBase, type RunningBase } from './start-base.ts';
import { StatusFeed } from './status-feed.ts';
import { TrainingSlot } from './training-slot.ts';

/** The worker's side of the learning service: LearningService documents each call. */
export class Engine implements Omit<LearningService, 'augmented'> {
  #running: RunningBase | undefined;
  readonly #status = new StatusFeed();
  /** The value of the setting with which the loaded model was built. */
  #usesKnownClasses: boolean | undefined;
  readonly #calls = new Map<CallId, RunControl>();
  readonly #ready = (): RunningBase => {
    if (this.#running) return this.#running;
    throw new Problem('not-ready', msg('The learning engine is not ready yet.'));
  };
  readonly #model = new AnsweringModel(this.#ready, this.#status);
  readonly #training = new TrainingSlot({
    ready: this.#ready,
    status: this.#status,
    model: this.#model,
    calls: this.#calls,
  });

  observe(onStatus: (status: EngineStatus) => void): void {
    this.#status.observe(onStatus);
  }

  setHidden(isHidden: boolean): void {
    pageVisibility.isHidden = isHidden;
  }

  async start(options: EngineOptions): Promise<EngineInfo> {
    try {
      this.#running = await startBase(options, this.#status);
    } catch (thrown) {
      const problem = Problem.from(thrown, msg('The learning engine does not start.'));
      this.#status.update({ phase: 'failed', problem: problem.toData() });
      throw problem;
    }
    const { features, backend } = this.#running;
    backend.watch.onFailure = (problem) => {
      this.#status.update({ phase: 'failed', problem: problem.toData() });
    };
    // Before the first look at the library: no change between the two is missed.
    const { basesUrl } = options;
    const bases = new Coalesced(() => this.#updateBases(basesUrl));
    onChange('models', () => {
      this.#model.load().catch(console.error);
      void this.#training.checkForUnfinished();
    });
    onChange('settings', () => void bases.run().catch(console.error));
    [this.#usesKnownClasses] = await Promise.all([
      getSetting('usesKnownClasses'),
      this.#model.load(),
      this.#training.checkForUnfinished(),
    ]);
    // A worker that was terminated while it worked may have left some features.
    this.#model.deleteOtherTunedFeatures();
    features.follow(() => this.#model.learnInBackground(features));
    const { info } = this.#running;
    this.#status.update({ phase: 'ready', progress: 1, info });
    sweepOwnBases(basesUrl).catch((thrown: unknown) => {
      console.warn('Files of a removed base model could not be deleted.', thrown);
    });
    return info;
  }

  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
    modelId: string,
  ): Promise<ModelRecord> {
    return this.#training.train(call, options, onProgress, modelId);
  }

  resumeTraining(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
    modelId?: string,
  ): Promise<ModelRecord> {
    return this.#training.resume(call, onProgress, modelId);
  }

  discardTraining(): Promise<void> {
    return this.#training.discard();
  }

  pause(call: CallId): void {
    this.#calls.get(call)?.pause();
  }

  resumePaused(call: CallId): void {
    this.#calls.get(call)?.resume();
  }

  cancel(call: CallId): void {
    this.#calls.get(call)?.cancel();
  }

  memory(): EngineMemory {
    return engineMemory();
  }

  estimate(options: TrainOptions): Promise<TrainingEstimate> {
    const { features, throughput } = this.#ready();
    return estimateTraining(features.extractor, features.queue, throughput, options);
  }

  async summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined> {
    const { extractor } = this.#ready().features;
    const layers = await extractor.describeLayers();
    if (!layers) return undefined;
    const classes = options?.classes ?? Math.max(FEWEST_CLASSES, (await countPhotos()).size);
    return modelSummaries(extractor.spec, layers, { ...options, classes });
  }

  async tunableBlocks(): Promise<readonly TunableBlock[]> {
    const { extractor } = this.#ready().features;
    const layers = await extractor.describeLayers();
    return layers ? tunableBlocks(layers, extractor.spec) : [];
  }

  async classify(
    frame: VideoFrame | ImageBitmap,
    options?: ClassifyOptions,
  ): Promise<Classification> {
    return withPicture(frame, (picture) => this.#model.classify(picture, options));
  }

  async findBoxes(picture: ImageBitmap): Promise<FoundBox[] | undefined> {
    try {
      return await precedence.goFirst(() => this.#model.findBoxes(picture));
    } finally {
      picture.close();
    }
  }

  async predictLibrary(
    call: CallId,
    onProgress: (fraction: number) => void,
  ): Promise<LibraryPredictions> {
    const control = new RunControl({
      cancelled: () => msg('The check of the photos was cancelled.'),
    });
    this.#calls.set(call, control);
    try {
      return await this.#model.predictLibrary(control, onProgress);
    } finally {
      releaseProxy(onProgress);
      this.#calls.delete(call);
    }
  }

  /**
   * Reads the list of the user's own bases again, because one may have been added or removed. Those
   * that the app serves stay as they are: to ask for them needs a network.
   */
  async #updateBases(basesUrl: string): Promise<void> {
    const own = (await listOwnBases(basesUrl)).map(({ spec }) => spec);
    const running = this.#ready();
    const bases = [...running.info.bases.filter((base) => !base.own), ...own];
    this.#running = { ...running, info: { ...running.info, bases } };
    const wanted = await getSetting('baseId');
    const { info: reported } = this.#status.current;
    if (reported) {
      const { baseProblem, ...info } = reported;
      // The problem of a base no longer matters once the base is removed, or another one is chosen.
      const isOtherWanted = wanted !== undefined && wanted !== info.base.id;
      const problem = isOtherWanted && baseProblem && { baseProblem };
      this.#status.update({ info: { ...info, bases, ...problem } });
    }
    const usesKnownClasses = await getSetting('usesKnownClasses');
    if (usesKnownClasses !== this.#usesKnownClasses) {
      this.#usesKnownClasses = usesKnownClasses;
      await this.#model.learnInBackground(this.#model.features);
    }
    // A base that was just added may make a training resumable or a model usable.
    const { unfinished, modelProblem } = this.#status.current;
    if (unfinished) await this.#training.checkForUnfinished();
    if (modelProblem?.kind === 'other-base') await this.#model.load();
  }
}
