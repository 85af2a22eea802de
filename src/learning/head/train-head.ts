import type { DeviceWatch } from '../backend/device-watch.ts';
import { classWeightsOf } from './class-weights.ts';
import { balancedPriorMean } from './balanced-prior-mean.ts';
import { outputsFor } from '../../records/class.ts';
import { DenseHead } from './dense-head.ts';
import { HeadLearner } from './head-learner.ts';
import { Random } from '../../platform/random.ts';
import { runEpochs, type EpochLoop, type EpochResult } from '../optim/epoch-loop.ts';
import { variantsOfEpoch } from '../optim/hyperparameters.ts';
import { meanFeature, type TrainingData } from '../features/training-data.ts';
import type { LoadedCheckpoint, TrainingPlan } from '../../records/checkpoint.ts';

/** The callbacks of one training stage, and its control. */
export type StageEvents = Pick<
  EpochLoop,
  'control' | 'onEpoch' | 'onBatch' | 'onTimed' | 'onCheckpoint'
>;

/** The head that a training starts from, for the classes of its plan. */
export interface StartingHead {
  /** `[featureLength, outputs]` */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** `[outputs]` */
  readonly bias: Float32Array<ArrayBuffer>;
}

/**
 * Trains the head of a plan on stored features.
 *
 * @param start the head to start from; default: random weights
 * @param resume a checkpoint of this stage to resume from
 * @returns the head, which the caller disposes, and the result of the training loop
 * @throws Problem `cancelled`, `not-finite` or `gpu`; `gone` if a photo of the plan has been
 *   deleted
 */
export async function trainHead(
  plan: TrainingPlan,
  data: TrainingData,
  watch: DeviceWatch,
  events: StageEvents,
  {
    resume,
    start,
  }: { resume?: LoadedCheckpoint | undefined; start?: StartingHead | undefined } = {},
): Promise<{ head: DenseHead; result: EpochResult }> {
  const { hyperparameters, classes, photos } = plan;
  const state = resume?.checkpoint.state;
  const seeded = new Random(hyperparameters.seed);
  const head = start
    ? DenseHead.fromBytes(start.kernel.buffer, start.bias.buffer)
    : DenseHead.create(data.featureLength, outputsFor(classes.length), seeded);
  // The stored state already includes the numbers drawn for the initial weights.
  const random = state ? Random.from(state.random) : seeded;
  try {
    const weights = classWeightsOf(plan);
    const mean = hyperparameters.centred ? await meanFeature(data) : undefined;
    // The start is a head for plain features.
    if (start && mean) head.foldMean(mean.map((value) => -value));
    const priorMean = await balancedPriorMean(plan, data);
    const options = { ...hyperparameters, mean, priorMean, weights, anchor: start?.kernel };
    const result = await runEpochs({
      ...events,
      learner: new HeadLearner(head, data, options, watch),
      labels: {
        train: photos.train.map(({ label }) => label),
        validation: photos.validation.map(({ label }) => label),
      },
      hyperparameters,
      variantsOf: (epoch) => variantsOfEpoch(hyperparameters, epoch),
      keep: 'last',
      readEachBatch: false,
      random,
      watch,
      ...(resume && state && { resume: { state, bytes: resume.bytes } }),
    });
    if (mean) head.foldMean(mean);
    if (priorMean) head.foldPriorMean(priorMean);
    return { head, result };
  } catch (thrown) {
    head.dispose();
    throw thrown;
  }
}
