import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeLayers } from '../model-files/layer-graph.ts';
import { findCut } from '../model-files/find-cut.ts';
import { frozenOnly, type FeatureExtractor } from '../features/feature-extractor.ts';
import type { FeatureQueue } from '../features/feature-queue.ts';
import { storedVariants } from '../features/feature-store.ts';
import { deleteTemporaryFeatures } from '../features/delete-features.ts';
import { joinWeights } from '../head/stored-weight.ts';
import { deleteCheckpoints, saveCheckpoint } from '../../storage/checkpoints.ts';
import type {
  EpochMetrics,
  FineTuningOptions,
  ModelRecord,
  StageSeconds,
} from '../../records/model.ts';
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
import { trainHead, type StageEvents } from '../head/train-head.ts';
import { assertEveryClassTrains, hashTrainingSet, makePlan, modelOf } from './plan.ts';
import { ProgressReport } from './progress-report.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { addStages, sumOfStages } from './stage-clock.ts';
import { StoredData } from '../features/training-data.ts';
import { everyVariant } from '../estimate/workload.ts';
import type { LoadedCheckpoint, NewCheckpoint, TrainingPlan } from '../../records/checkpoint.ts';
import type { TrainOptions, TrainProgress } from '../../records/training.ts';

interface TrainingSetting {
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly backend: { readonly name: string; readonly watch: DeviceWatch };
  /** What the training is expected to take by, and where it is noted what it took. */
  readonly throughput: DeviceThroughput;
}

/**
 * A training that the person asked for: features of every photo, the head, what it does on the test
 * photos, then the top of the base. After each epoch a checkpoint is stored, from which a later
 * training goes on as if this one had never been interrupted; each model is stored together with
 * the end of its stage.
 */
export class Training {
  readonly #setting: TrainingSetting;
  readonly #control: RunControl;
  readonly report: ProgressReport;
  /** Seconds of the training before this run of it. */
  #secondsBefore = 0;
  #stagesBefore: StageSeconds = {};
  #expected: ExpectedTraining | undefined;

  constructor(
    setting: TrainingSetting,
    control: RunControl,
    onProgress: (progress: TrainProgress) => void,
  ) {
    this.#setting = setting;
    this.#control = control;
    this.report = new ProgressReport(onProgress);
  }

  /**
   * A training from the beginning.
   *
   * @returns the model in use at the end: the fine-tuned one where it is worth keeping
   * @throws Problem as LearningService.train says
   */
  async run(options: TrainOptions): Promise<ModelRecord> {
    const { extractor, queue } = this.#setting;
    this.report.stage('features', 0);
    await this.#expect(await planAhead(extractor, queue, options));
    await this.#catchUp(queue);
    // A photo that arrived this moment, in another tab, has to wait for the next training.
    const plan = await makePlan(extractor, options, await storedVariants(extractor.featureSpaceId));
    assertEveryClassTrains(plan);
    const { fineTuning } = plan.hyperparameters;
    if (options.fineTuning && !fineTuning) throw frozenOnly(extractor.spec);
    if (fineTuning) await assertTunable(extractor, fineTuning);
    await deleteCheckpoints();
    await deleteTemporaryFeatures();
    return this.#head(plan);
  }

  /**
   * Goes on where a training was interrupted.
   *
   * @param loaded of the same base and input size: see `obstacleOf`
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
    const { extractor, backend, queue, throughput } = this.#setting;
    const { hyperparameters, photos } = plan;
    this.report.plan(plan, loaded?.checkpoint);
    const { featureSpaceId, spec } = extractor;
    const data = new StoredData(featureSpaceId, spec.featureLength, photos);
    const variants = everyVariant(plan);
    await queue.complete(
      photos.train.map(({ id }) => id),
      variants,
      async (share) => {
        const arrived = this.#arriving;
        this.report.stage('features', arrived + share * (1 - arrived));
        await this.#control.yieldOrCancel();
      },
    );
    this.report.clock.enter('head');
    const timings: EpochTiming[] = [];
    const onTimed = (timing: EpochTiming) => timings.push(timing);
    const events = { ...this.#events('head', plan), onTimed };
    const { head, result } = await trainHead(plan, data, backend.watch, events, loaded);
    try {
      throughput.recordHead(timings);
      this.report.stage('evaluation', 0);
      const { evaluation, weights } = await evaluateHead(head, data, plan, backend.watch);
      this.report.stage('saving', 0);
      const bytes = joinWeights(weights);
      const tunes = hyperparameters.fineTuning !== undefined;
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
        tunes ? this.#checkpoint('fineTuning', plan) : undefined,
      );
      return tunes ? await this.#fineTune(plan, model, bytes) : model;
    } finally {
      head.dispose();
    }
  }

  async #fineTune(
    plan: TrainingPlan,
    headModel: ModelRecord,
    headBytes: ArrayBuffer,
    loaded?: LoadedCheckpoint,
  ): Promise<ModelRecord> {
    const { extractor, backend } = this.#setting;
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
      onPrepare: (share) => {
        this.report.stage('boundaries', share);
      },
      resume: loaded,
    });
    // Also of one that was cancelled because it took too long.
    const tuned = await tuning.finally(() => this.#noteTuning());
    this.report.stage('saving', 0);
    const fineTuning = {
      ...tuned.result,
      headModelId: headModel.id,
      seconds: this.#spent.seconds - headModel.seconds,
    };
    return tuned.result.kept
      ? saveModel(
          {
            ...headModel,
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

  /** Waits for the feature queue, and leaves it to itself when the training is cancelled. */
  async #catchUp(queue: FeatureQueue): Promise<void> {
    let most = 0;
    let done = false;
    const caughtUp = queue.catchUp().finally(() => (done = true));
    const watching = async () => {
      while (!done) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (done) return;
        most = Math.max(most, queue.pending);
        const share = most > 0 ? 1 - queue.pending / most : 0;
        this.report.stage('features', share * this.#arriving);
        await this.#control.yieldOrCancel();
      }
    };
    await Promise.race([caughtUp, watching()]);
    await caughtUp;
    await this.#control.yieldOrCancel();
  }

  #events(stage: NewCheckpoint['stage'], plan: TrainingPlan): StageEvents {
    const onEpoch = (history: readonly EpochMetrics[]) => {
      this.report.epoch(stage, history);
    };
    return {
      control: this.#control,
      onEpoch,
      onBatch: (epoch, share) => {
        this.report.batch(epoch, share);
      },
      onCheckpoint: (state, bytes) =>
        saveCheckpoint({ ...this.#checkpoint(stage, plan), state }, bytes),
    };
  }

  #checkpoint(stage: NewCheckpoint['stage'], plan: TrainingPlan): NewCheckpoint {
    return { stage, plan, ...this.#spent };
  }

  get #spent(): { readonly seconds: number; readonly stageSeconds: StageSeconds } {
    const here = this.report.clock.seconds;
    return {
      seconds: this.#secondsBefore + sumOfStages(here),
      stageSeconds: addStages(this.#stagesBefore, here),
    };
  }

  async #expect(plan: TrainingPlan): Promise<void> {
    const { extractor, throughput } = this.#setting;
    this.#expected = await expectTraining(plan, extractor, throughput);
    const { seconds, work } = this.#expected;
    this.report.expect({ seconds, freshBoundaries: work.freshBoundaries });
  }

  /** Share of the pictures still to do that every photo needs, whatever the training: they come first. */
  get #arriving(): number {
    const { pictures, arriving } = this.#expected!.work;
    return pictures > 0 ? arriving / pictures : 0;
  }

  #noteTuning(): void {
    const { work } = this.#expected!;
    const { boundaries = 0, fineTuning = 0 } = this.report.clock.seconds;
    const share = this.report.doneHere.fineTuning;
    if (share <= 0) return;
    const pictures = work.boundaries * (work.freshBoundaries ? share : 1);
    this.#setting.throughput.record({
      boundary: boundaries / pictures,
      pass: fineTuning / (work.passes * share),
    });
  }
}

/** Better said now than after the head has learned. @throws Problem `base` */
async function assertTunable(
  extractor: FeatureExtractor,
  { fromLayer }: FineTuningOptions,
): Promise<void> {
  const model = await extractor.loadLayers();
  try {
    findCut(model, fromLayer);
  } finally {
    disposeLayers(model);
  }
}
