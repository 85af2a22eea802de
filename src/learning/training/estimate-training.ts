import { completeVariants, type FeatureExtractor } from '../features/feature-extractor.ts';
import type { FeatureQueue } from '../features/feature-queue.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import { expectedSeconds, type ExpectedSeconds } from '../estimate/expected-seconds.ts';
import { makePlan } from './plan.ts';
import { workloadOf, type Workload } from '../estimate/workload.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

/** The remaining work of a plan and its expected duration. */
export interface ExpectedTraining {
  readonly work: Workload;
  readonly seconds: ExpectedSeconds;
  /** As in `expectedSeconds`. */
  readonly measured: boolean;
}

/** Counts the work that a plan still has to do, and estimates its duration on this device. */
export async function expectTraining(
  plan: TrainingPlan,
  extractor: FeatureExtractor,
  { throughput, forward }: DeviceThroughput,
): Promise<ExpectedTraining> {
  const layers = plan.hyperparameters.fineTuning ? await extractor.describeLayers() : undefined;
  const work = workloadOf(plan, await completeVariants(extractor), layers);
  return { work, ...expectedSeconds(work, throughput, forward) };
}

/** Makes the plan of a training before the features of all photos are computed. */
export async function planAhead(
  extractor: FeatureExtractor,
  { unreadable }: Pick<FeatureQueue, 'unreadable'>,
  options: TrainOptions,
): Promise<TrainingPlan> {
  return makePlan(extractor, options, (id) => !unreadable.has(id));
}

/** Estimates the duration of a training; see `LearningService.estimate`. */
export async function estimateTraining(
  extractor: FeatureExtractor,
  queue: Pick<FeatureQueue, 'unreadable'>,
  throughput: DeviceThroughput,
  options: TrainOptions,
): Promise<TrainingEstimate> {
  const plan = await planAhead(extractor, queue, options);
  const { seconds, measured } = await expectTraining(plan, extractor, throughput);
  const { hyperparameters, photos } = plan;
  const stages = Object.entries(seconds).filter(([, value]) => value > 0);
  return {
    hyperparameters,
    counts: {
      train: photos.train.length,
      validation: photos.validation.length,
      test: photos.test.length,
    },
    stageSeconds: Object.fromEntries(stages),
    seconds: stages.reduce((sum, [, value]) => sum + value, 0),
    measured,
  };
}
