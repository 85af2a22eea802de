import type { DeviceWatch } from '../backend/device-watch.ts';
import { evaluate } from '../evaluate/metrics.ts';
import { fitNovelty } from '../evaluate/not-sure.ts';
import { fitTemperature } from '../evaluate/temperature.ts';
import type { DenseHead } from './dense-head.ts';
import type { HeadPrior } from './head-prior.ts';
import { headLogits } from './head-logits.ts';
import { storedWeight, type StoredWeight } from './stored-weight.ts';
import type { ModelRecord } from '../../records/model.ts';
import { divergedProblem } from '../optim/epoch-loop.ts';
import { allFinite } from '../../platform/all-finite.ts';
import {
  loadLastMap,
  loadMean,
  loadMeanPrior,
  type TrainingData,
} from '../features/training-data.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';

/** The part of a model's record that its evaluation yields. */
export type HeadEvaluation = Pick<ModelRecord, 'temperature' | 'test'>;

/**
 * Evaluates a trained head: fits the temperature on the validation photos, computes the metrics on
 * the test photos, and fits the novelty model that recognises pictures unlike the training photos.
 *
 * @param data the features that the head reads
 * @param prior of the plan
 * @returns the evaluation, and the weights of the head, the novelty model and the prior
 * @throws Problem `not-finite` if a weight is NaN or infinite; `gpu`
 */
export async function evaluateHead(
  head: DenseHead,
  data: TrainingData,
  { hyperparameters, classes }: TrainingPlan,
  watch: DeviceWatch,
  prior?: HeadPrior,
): Promise<{ evaluation: HeadEvaluation; weights: StoredWeight[] }> {
  const headWeights = await head.toWeights(watch);
  if (!headWeights.every(({ values }) => allFinite(values))) throw divergedProblem();
  const { askedVariants } = hyperparameters;
  const logitsOf = async (split: 'validation' | 'test') =>
    headLogits(
      head,
      await loadMean(data, split, askedVariants),
      watch,
      await loadMeanPrior(data, split, askedVariants),
    );

  const { temperature } = fitTemperature(
    await logitsOf('validation'),
    data.photos.validation.map(({ label }) => label),
    hyperparameters.priorTemperature,
  );
  const { test } = data.photos;
  const evaluation = {
    temperature,
    ...(test.length > 0 && {
      test: evaluate(await logitsOf('test'), test, classes.length, temperature),
    }),
  };
  const novelty = new Float32Array(
    fitNovelty(
      await loadLastMap(data, 'train'),
      data.photos.train.map(({ label }) => label),
      await loadLastMap(data, 'validation'),
    ).toBytes(),
  );
  const priorWeights = (await prior?.toWeights(watch)) ?? [];
  watch.assertHealthy();
  return {
    evaluation,
    weights: [...headWeights, storedWeight('novelty', [novelty.length], novelty), ...priorWeights],
  };
}
