import * as Comlink from 'comlink';
import { activateBackend, PREFERENCE, type ActiveBackend } from './backend/backends.ts';
import { chooseBase } from './base/choose-base.ts';
import { engineMemory } from './backend/engine-memory.ts';
import { modelSummaries } from './base/model-summaries.ts';
import { listBases, type LocatedBase } from './base/registry.ts';
import { tunableBlocks } from './base/tunable-blocks.ts';
import { FeatureSpace } from './feature-space.ts';
import { createFeatureExtractor, type FeatureExtractor } from './features/feature-extractor.ts';
import { selfTest, SELF_TEST_BATCH } from './features/self-test.ts';
import { forgetBoundaries, forgetTuned } from './features/stale-spaces.ts';
import { createTunedExtractor, isTuned } from './features/tuned-features.ts';
import { LiveClassifier } from './live-classifier.ts';
import type {
  BackendName,
  CallId,
  Classification,
  ClassifyOptions,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
  LearningService,
  ModelSummaries,
  SummaryOptions,
  TrainingEstimate,
  TrainOptions,
  TrainProgress,
  TunableBlock,
  UnfinishedTraining,
} from './service.ts';
import { DevicePace } from './training/device-pace.ts';
import { estimateTraining } from './training/estimate-training.ts';
import { RunControl } from './training/run-control.ts';
import { Training } from './training/training.ts';
import { isTrainingSomewhere, withTrainingLock } from './training/training-lock.ts';
import { deleteCheckpoints, loadCheckpoint, unfinishedTraining } from '../models/checkpoint.ts';
import type { ModelRecord } from '../models/record.ts';
import { activeModel, listModels, loadWeights } from '../models/repository.ts';
import { Problem } from '../problem.ts';
import { onChange } from '../storage/changes.ts';
import { getSetting } from '../storage/settings.ts';

/** What the engine holds once it is trusted. */
interface Running {
  readonly backend: ActiveBackend;
  readonly info: EngineInfo;
  /** The features of the base. */
  readonly base: FeatureSpace;
  readonly pace: DevicePace;
}

/** After these a training cannot go on, so that its checkpoints only stand in the way. */
const ENDS_FOR_GOOD = [
  'cancelled',
  'not-finite',
  'gone',
  'base',
  'no-model',
  'damaged',
  // Both of them are damaged.
  'no-checkpoint',
];

/** The worker's side of the service: see LearningService for what each call promises. */
export class Engine implements Omit<LearningService, 'augmented'> {
  #running: Running | undefined;
  #classifier: LiveClassifier | undefined;
  /** Those of the model that answers, where it is a fine-tuned one. */
  #tuned: FeatureSpace | undefined;
  #modelLoad: Promise<void> = Promise.resolve();
  /** The stored model that was loaded last; a draft may have taken its place since. */
  #loadedId: string | undefined;
  #isTraining = false;
  #drafts = 0;
  readonly #calls = new Map<CallId, RunControl>();
  readonly #observers: ((status: EngineStatus) => void)[] = [];
  #status: EngineStatus = {
    phase: 'starting',
    progress: 0,
    pendingPhotos: 0,
    unreadablePhotos: [],
  };

  observe(onStatus: (status: EngineStatus) => void): void {
    this.#observers.push(onStatus);
    onStatus(this.#status);
  }

  async start(options: EngineOptions): Promise<EngineInfo> {
    try {
      this.#running = await this.#start(options);
    } catch (thrown) {
      const problem = Problem.from(thrown, 'The learning engine does not start.');
      this.#update({ phase: 'failed', problem: problem.toData() });
      throw problem;
    }
    const { base, backend, info } = this.#running;
    backend.watch.onFailure = (problem) => {
      this.#update({ phase: 'failed', problem: problem.toData() });
    };
    await this.#loadModel();
    await this.#lookForUnfinished();
    onChange('models', () => {
      void this.#loadModel();
      void this.#lookForUnfinished();
    });
    onChange('settings', () => void this.#listBases(options).catch(console.error));
    base.follow(() => this.#learnMeanwhile(base));
    this.#update({ phase: 'ready', progress: 1, info });
    return info;
  }

  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<ModelRecord> {
    return this.#train(call, onProgress, (training) => training.run(options));
  }

  resumeTraining(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<ModelRecord> {
    return this.#train(call, onProgress, async (training) => {
      const checkpoint = await loadCheckpoint();
      if (!checkpoint) throw new Problem('no-checkpoint', 'There is no training to go on with.');
      return training.resume(checkpoint);
    });
  }

  async discardTraining(): Promise<void> {
    await withTrainingLock(async () => {
      await deleteCheckpoints();
      await forgetBoundaries();
    });
  }

  pause(call: CallId): void {
    this.#calls.get(call)?.pause();
  }

  unpause(call: CallId): void {
    this.#calls.get(call)?.resume();
  }

  cancel(call: CallId): void {
    this.#calls.get(call)?.cancel();
  }

  memory(): EngineMemory {
    return engineMemory();
  }

  estimate(options: TrainOptions): Promise<TrainingEstimate> {
    const { base, pace } = this.#ready();
    return estimateTraining(base.extractor, base.queue, pace, options);
  }

  summaries(options?: SummaryOptions): ModelSummaries | undefined {
    const { spec, layers } = this.#ready().base.extractor;
    return layers && modelSummaries(spec, layers, options);
  }

  tunableBlocks(): readonly TunableBlock[] {
    const { spec, layers } = this.#ready().base.extractor;
    return layers ? tunableBlocks(layers, spec) : [];
  }

  async classify(
    frame: VideoFrame | ImageBitmap,
    options?: ClassifyOptions,
  ): Promise<Classification> {
    try {
      await this.#modelLoad;
      if (!this.#classifier) {
        const { modelProblem } = this.#status;
        throw modelProblem
          ? Problem.from(modelProblem)
          : new Problem('no-model', 'There is no trained model yet.');
      }
      return await this.#classifier.classify(frame, options);
    } finally {
      frame.close();
    }
  }

  #ready(): Running {
    if (!this.#running) throw new Problem('not-ready', 'The learning engine is not ready yet.');
    return this.#running;
  }

  async #start(options: EngineOptions): Promise<Running> {
    const started = performance.now();
    const bases = await listBases(options.basesUrl);
    const wanted = await getSetting('baseId');
    this.#update({ phase: 'downloading', progress: 0 });
    const {
      base: located,
      files,
      problem,
    } = await chooseBase(bases, wanted, (loaded, total) => {
      this.#update({ phase: 'downloading', progress: total > 0 ? loaded / total : 1 });
    });
    const baseTime = performance.now() - started;
    this.#update({ phase: 'preparing', progress: 0 });

    const { spec } = located;
    const asked = await getSetting('inputSize');
    const inputSize = spec.inputSizes.find((size) => size === asked) ?? spec.inputSizes[0]!;
    const { backend, extractor, facts } = await firstTrusted(
      options.backend,
      located,
      files.bytes,
      inputSize,
      (share) => {
        this.#update({ phase: 'preparing', progress: share });
      },
    );
    const forward = facts.timings.forward / 1000;
    const pace = await DevicePace.load(extractor.space, backend.name, forward);
    const onProgress = () => {
      const { pending, unreadable } = base.queue;
      this.#update({ pendingPhotos: pending, unreadablePhotos: [...unreadable] });
    };
    const base = new FeatureSpace(extractor, backend, onProgress, pace);
    const info: EngineInfo = {
      ...facts,
      base: spec,
      inputSize,
      baseStored: files.stored,
      bases: bases.map((each) => each.spec),
      ...(problem && { baseProblem: problem.toData() }),
      timings: { base: baseTime, ...facts.timings },
    };
    return { backend, info, base, pace };
  }

  /** One training at a time, with what has to be done around it. */
  async #train(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
    run: (training: Training) => Promise<ModelRecord>,
  ): Promise<ModelRecord> {
    const { base, backend, pace } = this.#ready();
    const control = new RunControl((paused) => {
      training.report.paused(paused);
    });
    const { extractor, queue } = base;
    const training = new Training({ extractor, queue, backend, pace }, control, onProgress);
    this.#calls.set(call, control);
    try {
      return await withTrainingLock(async () => {
        this.#isTraining = true;
        this.#update({ unfinished: undefined });
        this.#tuned?.background.stop();
        base.background.stop();
        try {
          const saved = await run(training);
          await this.#loadModel();
          return saved;
        } catch (thrown) {
          const { kind } = Problem.from(thrown);
          if (ENDS_FOR_GOOD.includes(kind)) {
            await deleteCheckpoints();
            await forgetBoundaries();
          }
          throw thrown;
        } finally {
          this.#isTraining = false;
        }
      });
    } finally {
      // Comlink's proxy of a page's function holds a message port until it is let go.
      (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
      this.#calls.delete(call);
      await pace.save().catch(console.error);
      await this.#lookForUnfinished();
      // What arrived meanwhile has not been learned from.
      this.#learnMeanwhile(this.#tuned ?? base).catch(console.error);
    }
  }

  /** The person can have added a base, or removed one. */
  async #listBases({ basesUrl }: EngineOptions): Promise<void> {
    const bases = await listBases(basesUrl);
    const { info } = this.#status;
    if (info) this.#update({ info: { ...info, bases: bases.map(({ spec }) => spec) } });
  }

  /** Trains on what changed, so that the next answers know it; the model is not stored. */
  async #learnMeanwhile(space: FeatureSpace): Promise<void> {
    const { base, backend } = this.#ready();
    // A model that cannot be used is a matter for the person; and only one kind of features answers.
    const isIdle = () =>
      !this.#isTraining && !this.#status.modelProblem && space === (this.#tuned ?? base);
    if (!isIdle()) return;
    const draft = await space.background.catchUp(this.#classifier?.model.lessons);
    if (!draft || !isIdle()) return;
    const model = { ...draft.model, id: `so-far-${++this.#drafts}` };
    const next = new LiveClassifier(model, draft.weights, space.extractor, backend.watch);
    this.#modelLoad = this.#modelLoad.then(() => {
      // Another model may have been chosen meanwhile, with features of its own.
      if (isIdle()) this.#answerWith(next, space);
      else next.dispose();
    });
    await this.#modelLoad;
  }

  /** @param space of the features that it reads; absent where there is no model */
  #answerWith(next: LiveClassifier | undefined, space?: FeatureSpace, problem?: Problem): void {
    this.#classifier?.dispose();
    this.#classifier = next;
    const tuned = space === this.#running?.base ? undefined : space;
    if (tuned !== this.#tuned) {
      this.#tuned?.dispose();
      this.#tuned = tuned;
      tuned?.follow(() => this.#learnMeanwhile(tuned));
      forgetTuned(tuned?.extractor.space).catch((thrown: unknown) => {
        console.warn('Features of a model that is not in use could not be deleted.', thrown);
      });
    }
    this.#update({ model: next?.model, modelProblem: problem?.toData() });
  }

  /** Makes the active model the one that `classify` answers with; a damaged one is said, not used. */
  #loadModel(): Promise<void> {
    this.#modelLoad = this.#modelLoad.then(async () => {
      const { base, backend } = this.#ready();
      let space: FeatureSpace | undefined;
      try {
        const model = await modelFor(base.extractor.space);
        // What was learned in the background since then stays.
        if (model?.id === this.#loadedId && !this.#status.modelProblem) return;
        this.#loadedId = model?.id;
        if (!model) return this.#answerWith(undefined);
        const weights = await loadWeights(model);
        space = base;
        if (isTuned(model)) {
          const extractor = await createTunedExtractor(base.extractor, model, weights);
          space = new FeatureSpace(extractor, backend, () => undefined);
        }
        const next = new LiveClassifier(model, weights, space.extractor, backend.watch);
        this.#answerWith(next, space);
      } catch (thrown) {
        this.#loadedId = undefined;
        if (space !== base) space?.dispose();
        const problem = Problem.from(thrown, 'The trained model could not be loaded.');
        this.#answerWith(undefined, undefined, problem);
      }
    });
    return this.#modelLoad;
  }

  async #lookForUnfinished(): Promise<void> {
    try {
      const unfinished = (await isTrainingSomewhere()) ? undefined : await unfinishedHere();
      this.#update({ unfinished });
    } catch (thrown) {
      console.warn('It is not known whether a training is unfinished.', thrown);
    }
  }

  #update(news: { [Key in keyof EngineStatus]?: EngineStatus[Key] | undefined }): void {
    const status = { ...this.#status, ...news };
    // A field set to undefined is one that is no longer there.
    const present = Object.entries(status).filter(([, value]) => value !== undefined);
    this.#status = Object.fromEntries(present) as unknown as EngineStatus;
    for (const observer of this.#observers) observer(this.#status);
  }
}

async function unfinishedHere(): Promise<UnfinishedTraining | undefined> {
  const checkpoint = await unfinishedTraining();
  if (!checkpoint) return undefined;
  const { stage, savedAt, plan, state } = checkpoint;
  const { preset, epochs, fineTuning } = plan.hyperparameters;
  return {
    preset,
    stage,
    epoch: (state?.epoch ?? 0) + (stage === 'fineTuning' ? epochs : 0),
    epochs: epochs + (fineTuning?.epochs ?? 0),
    savedAt,
  };
}

/**
 * The active model; where it was trained on another base, the newest that was trained on this one.
 *
 * @param space of the features that the base gives
 * @throws Problem `other-base` when there are only models of other bases
 */
async function modelFor(space: string): Promise<ModelRecord | undefined> {
  const active = await activeModel();
  if (!active || active.base.space === space) return active;
  const other = (await listModels()).find((model) => model.base.space === space);
  if (other) return other;
  throw new Problem(
    'other-base',
    `${active.name} was trained on another base model. Train again to use this one.`,
  );
}

/** What is known of the engine once a backend is trusted. */
type TrustedFacts = Pick<EngineInfo, 'backend' | 'device' | 'selfTestDifference' | 'refused'> & {
  readonly timings: Omit<EngineInfo['timings'], 'base'>;
};

/** The first backend that starts and passes the self-test, with the base built on it. */
async function firstTrusted(
  forced: BackendName | undefined,
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  onPrepared: (share: number) => void,
): Promise<{ backend: ActiveBackend; extractor: FeatureExtractor; facts: TrustedFacts }> {
  const refused: { backend: BackendName; reason: string }[] = [];
  for (const name of forced ? [forced] : PREFERENCE) {
    let extractor: FeatureExtractor | undefined;
    try {
      const started = performance.now();
      const backend = await activateBackend(name, forced !== undefined);
      extractor = await createFeatureExtractor(base, files, inputSize);
      const built = performance.now();
      await extractor.warmUp(SELF_TEST_BATCH, onPrepared);
      const warm = performance.now();
      const selfTestDifference = await selfTest(extractor, backend.watch);
      const tested = performance.now();
      const timings = {
        backend: built - started,
        selfTest: tested - built,
        forward: (tested - warm) / SELF_TEST_BATCH,
      };
      const facts: TrustedFacts = {
        backend: name,
        device: backend.device,
        selfTestDifference,
        refused,
        timings,
      };
      return { backend, extractor, facts };
    } catch (thrown) {
      extractor?.dispose();
      const problem = Problem.from(thrown, `The ${name} backend failed.`);
      // A base that cannot be read will not get better on another backend.
      if (problem.kind === 'base') throw problem;
      refused.push({ backend: name, reason: problem.detail ?? problem.message });
    }
  }
  const cause = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw new Problem('no-backend', 'Nothing on this device computes the model rightly.', { cause });
}
