import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { frozenOnly, type FeatureExtractor } from '../features/feature-extractor.ts';
import type { FeatureQueue } from '../features/feature-queue.ts';
import { deleteTemporaryFeatures } from '../features/delete-features.ts';
import { joinWeights } from '../head/stored-weight.ts';
import { deleteCheckpoints, saveCheckpoint } from '../../storage/checkpoints.ts';
import type { ModelRecord, StageSeconds } from '../../records/model.ts';
import { withoutObjection } from '../../models/objection.ts';
import { tunedModelName } from '../../models/model-name.ts';
import {
  getModel,
  loadWeights,
  saveFineTuningResult,
  saveModel,
  weightOf,
} from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { expectTraining, planAhead, type ExpectedTraining } from './estimate-training.ts';
import { evaluateHead } from '../head/evaluate-head.ts';
import { HeadPrior } from '../head/head-prior.ts';
import { trainHead, type StageEvents } from '../head/train-head.ts';
import { assertTunable } from './assert-tunable.ts';
import { assertTrainable, hashTrainingSet, modelOf, planWithFeatures } from './plan.ts';
import { ProgressReport } from './progress-report.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { startingHead } from './starting-head.ts';
import { chooseFurther } from './choose-further.ts';
import { weighPrior } from './weigh-prior.ts';
import { addStages, sumOfStages } from './stage-clock.ts';
import { StoredData } from '../features/training-data.ts';
import { everyVariant } from '../estimate/workload.ts';
import type { LoadedCheckpoint, NewCheckpoint, TrainingPlan } from '../../records/checkpoint.ts';
import type { TrainOptions, TrainProgress } from '../../records/training.ts';

/** The parts of the engine that a training uses. */
interface TrainingContext {
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly backend: { readonly name: string; readonly watch: DeviceWatch };
  /** Used to estimate the duration; the training records its own measurements in it. */
  readonly throughput: DeviceThroughput;
}

/**
 * A training that the user starts: it computes the features of all photos, trains the head,
 * evaluates it on the test photos, and then fine-tunes the top of the base, if the options ask for
 * it. A checkpoint is stored after each epoch; a training that resumes from it gives the same
 * result as without the interruption. Each model and the end of its stage are stored together.
 */
export class Training {
  readonly #context: TrainingContext;
  readonly #control: RunControl;
  readonly report: ProgressReport;
  /** Whether the stored checkpoints are those of this training, not of an earlier one. */
  ownsCheckpoints = false;
  /** Duration of the earlier runs of this training, in seconds. */
  #secondsBefore = 0;
  #stagesBefore: StageSeconds = {};
  #expected: ExpectedTraining | undefined;

  constructor(
    context: TrainingContext,
    control: RunControl,
    onProgress: (progress: TrainProgress) => void,
  ) {
    this.#context = context;
    this.#control = control;
    this.report = new ProgressReport(onProgress);
  }

  /**
   * Runs a new training.
   *
   * @param modelId id of the model with the head alone
   * @returns the fine-tuned model if it was kept, otherwise the model with the head alone
   * @throws Problem as `LearningService.train`
   */
  async run(options: TrainOptions, modelId: string): Promise<ModelRecord> {
    const { extractor, queue } = this.#context;
    this.report.stage('features', 0);
    await this.#expect(await planAhead(extractor, queue, options));
    await this.#catchUp(queue);
    // The plan leaves out a photo without features, such as one just added in another tab.
    const planned = { ...(await planWithFeatures(extractor, options)), modelId };
    assertTrainable(planned);
    const { fineTuning } = planned.hyperparameters;
    if (options.fineTuning && !fineTuning) throw frozenOnly(extractor.spec);
    if (fineTuning) await assertTunable(extractor, fineTuning);
    await deleteCheckpoints();
    this.ownsCheckpoints = true;
    await deleteTemporaryFeatures();
    const weighed = await weighPrior(planned, options, extractor, this.#control);
    return this.#head(await chooseFurther(weighed, options, extractor, this.#control));
  }

  /**
   * Resumes an interrupted training.
   *
   * @param loaded a checkpoint with the same base and input size; see `obstacleOf`
   * @returns and throws as `run`
   */
  async resume(loaded: LoadedCheckpoint): Promise<ModelRecord> {
    const { plan, stage, seconds, state } = loaded.checkpoint;
    this.#secondsBefore = seconds;
    this.#stagesBefore = loaded.checkpoint.stageSeconds ?? {};
    await this.#expect(plan);
    if (stage === 'head') return this.#head(plan, loaded);
    const model = await getModel(plan.modelId);
    if (!model)
      throw new Problem('gone', msg('The model of this training was deleted. Train again.'));
    return this.#fineTune(plan, model, await loadWeights(model), state && loaded);
  }

  async #head(plan: TrainingPlan, loaded?: LoadedCheckpoint): Promise<ModelRecord> {
    const { extractor, backend, queue, throughput } = this.#context;
    const { hyperparameters, photos } = plan;
    this.report.plan(plan, loaded?.checkpoint);
    const data = new StoredData(extractor, photos, plan);
    const variants = everyVariant(plan);
    await queue.complete(
      photos.train.map(({ id }) => id),
      variants,
      async (fraction) => {
        const before = this.#standardFraction;
        this.report.stage('features', before + fraction * (1 - before));
        await this.#control.yieldOrCancel();
      },
    );
    this.report.clock.enter('head');
    const timings: EpochTiming[] = [];
    const onTimed = (timing: EpochTiming) => timings.push(timing);
    const events = { ...this.#events('head', plan), onTimed };
    const start = await startingHead(plan, data.featureLength);
    const options = { resume: loaded, start };
    const { head, result } = await trainHead(plan, data, backend.watch, events, options);
    let prior: HeadPrior | undefined;
    try {
      prior = HeadPrior.of(plan, extractor.known);
      throughput.recordHead(timings);
      this.report.stage('evaluation', 0);
      const { evaluation, weights } = await evaluateHead(head, data, plan, backend.watch, prior);
      this.report.stage('saving', 0);
      const bytes = joinWeights(weights);
      const fineTunes = hyperparameters.fineTuning !== undefined;
      const model = await saveModel(
        {
          ...modelOf(plan, await hashTrainingSet(plan)),
          ...evaluation,
          history: result.history,
          ...(result.divergedAtEpoch !== undefined && { divergedAtEpoch: result.divergedAtEpoch }),
          backend: backend.name,
          ...this.#spent,
          weights: weights.map((weight) => weight.spec),
        },
        bytes,
        fineTunes ? this.#checkpoint('fineTuning', plan) : undefined,
      );
      return fineTunes ? await this.#fineTune(plan, model, bytes) : model;
    } finally {
      head.dispose();
      prior?.dispose();
    }
  }

  async #fineTune(
    plan: TrainingPlan,
    headModel: ModelRecord,
    headBytes: ArrayBuffer,
    loaded?: LoadedCheckpoint,
  ): Promise<ModelRecord> {
    const { extractor, backend } = this.#context;
    this.report.plan(plan, loaded?.checkpoint, headModel.history);
    this.report.stage('boundaries', 0);
    const { fineTune } = await import('../fine-tune/fine-tune.ts');
    const tuning = fineTune({
      plan,
      options: plan.hyperparameters.fineTuning!,
      extractor,
      watch: backend.watch,
      head: {
        kernel: weightOf(headModel, headBytes, 'dense/kernel')!,
        bias: weightOf(headModel, headBytes, 'dense/bias')!,
      },
      events: this.#events('fineTuning', plan),
      onPrepare: (fraction) => {
        this.report.stage('boundaries', fraction);
      },
      resume: loaded,
    });
    // Recorded even if it was cancelled, perhaps because it took too long.
    const tuned = await tuning.finally(() => this.#recordFineTuning());
    this.report.stage('saving', 0);
    const fineTuning = {
      ...tuned.result,
      headModelId: headModel.id,
      seconds: this.#spent.seconds - headModel.seconds,
    };
    return tuned.result.kept
      ? saveModel(
          {
            ...withoutObjection(headModel),
            ...tuned.evaluation,
            id: plan.tunedModelId,
            name: tunedModelName(headModel.name),
            fineTuning,
            ...this.#spent,
            weights: tuned.weights.map((weight) => weight.spec),
          },
          joinWeights(tuned.weights),
        )
      : saveFineTuningResult(headModel.id, fineTuning);
  }

  /** Waits for the feature queue; the queue continues if the training is cancelled meanwhile. */
  async #catchUp(queue: FeatureQueue): Promise<void> {
    let maxPending = 0;
    let done = false;
    const caughtUp = queue.catchUp().finally(() => (done = true));
    const watching = async () => {
      while (!done) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (done) return;
        maxPending = Math.max(maxPending, queue.pending);
        const fraction = maxPending > 0 ? 1 - queue.pending / maxPending : 0;
        this.report.stage('features', fraction * this.#standardFraction);
        await this.#control.yieldOrCancel();
      }
    };
    await Promise.race([caughtUp, watching()]);
    await caughtUp;
    await this.#control.yieldOrCancel();
  }

  #events(stage: NewCheckpoint['stage'], plan: TrainingPlan): StageEvents {
    return {
      control: this.#control,
      onEpoch: (history) => {
        this.report.epoch(stage, history);
      },
      onBatch: (epoch, fraction) => {
        this.report.batch(epoch, fraction);
      },
      onCheckpoint: (state, bytes) =>
        saveCheckpoint({ ...this.#checkpoint(stage, plan), state }, bytes),
    };
  }

  #checkpoint(stage: NewCheckpoint['stage'], plan: TrainingPlan): NewCheckpoint {
    return { stage, plan, ...this.#spent };
  }

  get #spent(): { readonly seconds: number; readonly stageSeconds: StageSeconds } {
    const thisRun = this.report.clock.seconds;
    return {
      seconds: this.#secondsBefore + sumOfStages(thisRun),
      stageSeconds: addStages(this.#stagesBefore, thisRun),
    };
  }

  async #expect(plan: TrainingPlan): Promise<void> {
    const { extractor, throughput } = this.#context;
    this.#expected = await expectTraining(plan, extractor, throughput);
    const { seconds, work } = this.#expected;
    this.report.expect({ seconds, freshBoundaries: work.freshBoundaries });
  }

  /** Fraction of the missing pictures that are standard variants (`VARIANTS`), which come first. */
  get #standardFraction(): number {
    const { pictures, arriving } = this.#expected!.work;
    return pictures > 0 ? arriving / pictures : 0;
  }

  /** Records the measured throughput of the fine-tuning. */
  #recordFineTuning(): void {
    const { work } = this.#expected!;
    const { boundaries = 0, fineTuning = 0 } = this.report.clock.seconds;
    const done = this.report.doneInThisRun.fineTuning;
    if (done <= 0) return;
    const pictures = work.boundaries * (work.freshBoundaries ? done : 1);
    this.#context.throughput.record({
      boundary: boundaries / pictures,
      pass: fineTuning / (work.passes * done),
    });
  }
}
