import type { DeviceWatch } from '../backend/device-watch.ts';
import { DenseHead, outputsFor } from '../head/dense-head.ts';
import { HeadLearner } from '../head/head-learner.ts';
import { Random } from '../head/random.ts';
import type { LoadedCheckpoint, TrainingPlan } from '../../models/checkpoint.ts';
import { runEpochs, type EpochLoop, type EpochResult } from './epoch-loop.ts';
import { variantsOfEpoch } from './presets.ts';
import type { TrainingData } from './training-data.ts';

export type StageEvents = Pick<EpochLoop, 'control' | 'onEpoch' | 'onBatch' | 'onCheckpoint'>;

/**
 * Trains the head of a plan on its features.
 *
 * @param resume a checkpoint of this stage
 * @returns the head, which is the caller's
 * @throws Problem `cancelled`, `not-finite` or `gpu`
 */
export async function trainHead(
  plan: TrainingPlan,
  data: TrainingData,
  watch: DeviceWatch,
  events: StageEvents,
  resume?: LoadedCheckpoint,
): Promise<{ head: DenseHead; result: EpochResult }> {
  const { hyperparameters, classes, photos } = plan;
  const state = resume?.checkpoint.state;
  const random = new Random(hyperparameters.seed);
  const head = DenseHead.create(data.featureLength, outputsFor(classes.length), random);
  try {
    const result = await runEpochs({
      ...events,
      learner: new HeadLearner(head, data, hyperparameters, watch),
      labels: {
        train: photos.train.map(({ label }) => label),
        validation: photos.validation.map(({ label }) => label),
      },
      hyperparameters,
      variantsOf: (epoch) => variantsOfEpoch(hyperparameters, epoch),
      keep: 'last',
      readEachBatch: false,
      // Not before the head is made, which draws from it.
      random: state ? Random.from(state.random) : random,
      watch,
      ...(resume && state && { resume: { state, bytes: resume.bytes } }),
    });
    return { head, result };
  } catch (thrown) {
    head.dispose();
    throw thrown;
  }
}
