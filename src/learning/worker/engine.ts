import { msg, str } from '../../i18n/msg.ts';
import type { ActiveBackend } from '../backend/backends.ts';
import { engineMemory } from '../backend/engine-memory.ts';
import { chooseBase } from '../bases/choose-base.ts';
import { modelSummaries } from './model-summaries.ts';
import { sweepOwnBases } from '../bases/own/own-bases.ts';
import { listBases } from '../bases/registry.ts';
import type { BaseSpec, LocatedBase } from '../../records/base-spec.ts';
import { tunableBlocks } from '../fine-tune/tunable-blocks.ts';
import { releaseProxy } from '../api/error-transfer.ts';
import { judgePhotos } from '../evaluate/predict-library.ts';
import { FeatureSpace } from './feature-pipeline.ts';
import { forgetInterim, forgetTuned } from '../features/delete-features.ts';
import { createTunedExtractor, isTuned } from '../fine-tune/tuned-features.ts';
import { firstTrusted } from './select-backend.ts';
import { LiveClassifier } from './live-classifier.ts';
import { isEarlierModel, modelFor } from './select-model.ts';
import type {
  CallId,
  EngineInfo,
  EngineMemory,
  EngineOptions,
  EngineStatus,
} from '../../records/engine.ts';
import { DevicePace } from '../estimate/device-throughput.ts';
import { estimateTraining } from '../training/estimate-training.ts';
import { RunControl } from '../../platform/run-control.ts';
import { Training } from '../training/training.ts';
import { isTrainingSomewhere, withTrainingLock } from '../training/training-lock.ts';
import { obstacleOf, unfinishedHere } from '../training/unfinished.ts';
import { deleteCheckpoints, loadCheckpoint } from '../../storage/checkpoints.ts';
import type { ModelRecord } from '../../records/model.ts';
import { activeModel, loadWeights } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import { Problem } from '../../platform/problem.ts';
import { onChange } from '../../storage/changes.ts';
import { getSetting } from '../../storage/settings.ts';
import type { Classification, ClassifyOptions, Judgement } from '../../records/classification.ts';
import type { LearningService } from '../api/learning-service.ts';
import type { ModelSummaries, SummaryOptions, TunableBlock } from '../../records/summary.ts';
import type { TrainingEstimate, TrainOptions, TrainProgress } from '../../records/training.ts';

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
      const problem = Problem.from(thrown, msg('The learning engine does not start.'));
      this.#update({ phase: 'failed', problem: problem.toData() });
      throw problem;
    }
    const { base, backend } = this.#running;
    backend.watch.onFailure = (problem) => {
      this.#update({ phase: 'failed', problem: problem.toData() });
    };
    await this.#loadModel();
    // What a worker that ended in the middle has left.
    this.#forgetOtherTuned();
    const { info } = this.#running;
    await this.#lookForUnfinished();
    onChange('models', () => {
      void this.#loadModel();
      void this.#lookForUnfinished();
    });
    onChange('settings', () => void this.#listBases(options).catch(console.error));
    base.follow(() => this.#learnMeanwhile(base));
    this.#update({ phase: 'ready', progress: 1, info });
    sweepOwnBases(options.basesUrl).catch((thrown: unknown) => {
      console.warn('What was left of a base model could not be deleted.', thrown);
    });
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
      const loaded = await loadCheckpoint();
      if (!loaded) throw new Problem('no-checkpoint', msg('There is no training to go on with.'));
      const { base, info } = this.#ready();
      const obstacle = obstacleOf(loaded.checkpoint.plan, base.extractor, info.bases);
      if (obstacle) throw obstacle;
      return training.resume(loaded);
    });
  }

  async discardTraining(): Promise<void> {
    await withTrainingLock(async () => {
      await deleteCheckpoints();
      await forgetInterim();
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

  async summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined> {
    const { spec, layers } = this.#ready().base.extractor;
    if (!layers) return undefined;
    const classes = options?.classes ?? (await listClasses()).length;
    return modelSummaries(spec, layers, { ...options, classes });
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
      return await (await this.#answering()).classify(frame, options);
    } finally {
      frame.close();
    }
  }

  async judgePhotos(call: CallId, onProgress: (share: number) => void): Promise<Judgement> {
    const control = new RunControl();
    this.#calls.set(call, control);
    try {
      const { model, plainHead } = await this.#answering();
      const space = this.#tuned ?? this.#ready().base;
      return await judgePhotos(model, plainHead, space, control, onProgress);
    } finally {
      releaseProxy(onProgress);
      this.#calls.delete(call);
    }
  }

  async #answering(): Promise<LiveClassifier> {
    await this.#modelLoad;
    if (this.#classifier) return this.#classifier;
    const { modelProblem } = this.#status;
    throw modelProblem
      ? Problem.from(modelProblem)
      : new Problem('no-model', msg('There is no trained model yet.'));
  }

  #ready(): Running {
    if (!this.#running)
      throw new Problem('not-ready', msg('The learning engine is not ready yet.'));
    return this.#running;
  }

  async #start(options: EngineOptions): Promise<Running> {
    const bases = await listBases(options.basesUrl);
    const wanted = await getSetting('baseId');
    try {
      return await this.#startOn(options, bases, wanted);
    } catch (thrown) {
      const { spec } = bases.find((base) => base.spec.id === wanted) ?? bases[0]!;
      if (!spec.own) throw thrown;
      // As with one that is damaged: the app works, and says why it does so on another base.
      const running = await this.#startOn(options, bases, undefined);
      const baseProblem = new Problem(
        'base',
        msg(
          str`Your base model “${spec.name}” does not work here any more. Remove it in Settings, or choose another.`,
        ),
        { cause: Problem.from(thrown).detail },
      ).toData();
      return { ...running, info: { ...running.info, baseProblem } };
    }
  }

  /** @param wanted id of a base; the default one unless told */
  async #startOn(
    options: EngineOptions,
    bases: readonly LocatedBase[],
    wanted: string | undefined,
  ): Promise<Running> {
    const started = performance.now();
    this.#update({ phase: 'downloading', progress: 0 });
    const {
      base: located,
      files,
      problem,
    } = await chooseBase(bases, wanted, (loaded, total) => {
      const progress = total > 0 ? loaded / total : 1;
      this.#update({ phase: 'downloading', progress, download: { loaded, total } });
    });
    const baseTime = performance.now() - started;
    this.#update({ phase: 'preparing', progress: 0, download: undefined });

    const { spec } = located;
    const inputSize = await inputSizeOf(spec);
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
      space: extractor.space,
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
          await forgetInterim().catch((thrown: unknown) => {
            // The model is safe, and the next training forgets it first.
            console.warn('What the training needed could not be deleted.', thrown);
          });
          await this.#loadModel();
          return saved;
        } catch (thrown) {
          const { kind } = Problem.from(thrown);
          if (ENDS_FOR_GOOD.includes(kind)) {
            await deleteCheckpoints();
            await forgetInterim();
          }
          throw thrown;
        } finally {
          this.#isTraining = false;
        }
      });
    } finally {
      releaseProxy(onProgress);
      this.#calls.delete(call);
      await pace.save().catch(console.error);
      await this.#lookForUnfinished();
      // What arrived meanwhile has not been learned from.
      this.#learnMeanwhile(this.#tuned ?? base).catch(console.error);
    }
  }

  /** The person can have added a base, or removed one. */
  async #listBases({ basesUrl }: EngineOptions): Promise<void> {
    const bases = (await listBases(basesUrl)).map(({ spec }) => spec);
    const running = this.#ready();
    this.#running = { ...running, info: { ...running.info, bases } };
    const wanted = await getSetting('baseId');
    if (this.#status.info) {
      const { baseProblem, ...info } = this.#status.info;
      // A base that could not be used is not missed once it is removed, or another is chosen.
      const isMissed = wanted !== undefined && wanted !== info.base.id;
      this.#update({ info: { ...info, bases, ...(isMissed && baseProblem && { baseProblem }) } });
    }
    // What it takes to go on, or to use a model, may have changed with them.
    if (this.#status.unfinished) await this.#lookForUnfinished();
    if (this.#status.modelProblem?.kind === 'other-base') await this.#loadModel();
  }

  /** Trains on what changed, so that the next answers know it; the model is not stored. */
  async #learnMeanwhile(space: FeatureSpace): Promise<void> {
    const { base, backend } = this.#ready();
    // A model that cannot be used is a matter for the person; and only one kind of features answers.
    const isIdle = () =>
      !this.#isTraining && !this.#status.modelProblem && space === (this.#tuned ?? base);
    if (!isIdle() || (await isEarlierModel(this.#loadedId))) return;
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
      this.#forgetOtherTuned();
    }
    this.#update({ model: next?.model, modelProblem: problem?.toData() });
  }

  /** Deletes the features of fine-tuned models that are not in use. */
  #forgetOtherTuned(): void {
    forgetTuned(this.#tuned?.extractor.space).catch((thrown: unknown) => {
      console.warn('Features of a model that is not in use could not be deleted.', thrown);
    });
  }

  /** Makes the active model the one that `classify` answers with; a damaged one is said, not used. */
  #loadModel(): Promise<void> {
    this.#modelLoad = this.#modelLoad.then(async () => {
      const { base, backend, info } = this.#ready();
      let space: FeatureSpace | undefined;
      try {
        const model = await modelFor(base.extractor, info.bases);
        // What was learned in the background since then stays.
        if (model?.id === this.#loadedId && !this.#status.modelProblem) {
          // The same weights; but what its record says may be new.
          if (model && model.id === this.#status.model?.id) this.#update({ model });
          return;
        }
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
        const problem = Problem.from(thrown, msg('The trained model could not be loaded.'));
        this.#answerWith(undefined, undefined, problem);
      }
    });
    return this.#modelLoad;
  }

  async #lookForUnfinished(): Promise<void> {
    try {
      const { base, info } = this.#ready();
      const unfinished = (await isTrainingSomewhere())
        ? undefined
        : await unfinishedHere(base.extractor, info.bases);
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

/** The size that was chosen, else that of the model in use, else the base's own. */
async function inputSizeOf({ id, inputSizes }: BaseSpec): Promise<number> {
  const active = await activeModel();
  const wanted = [
    await getSetting('inputSize'),
    active?.base.id === id ? active.base.inputSize : undefined,
  ];
  return wanted.find((size) => size !== undefined && inputSizes.includes(size)) ?? inputSizes[0]!;
}
