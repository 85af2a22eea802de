import type { LayerDescription } from '../base/summary.ts';
import { augmentationOf } from '../input/variants.ts';
import type { FineTuningOptions, Hyperparameters } from '../../models/record.ts';
import { Problem } from '../../problem.ts';

/**
 * Whether a training can be computed with these numbers at all: they come from a page, or from a
 * setting that another version wrote.
 *
 * @param layers of the base; absent for one that does not tell them
 * @throws Problem `options` that names the first that is wrong
 */
export function assertComputable(
  hyperparameters: Hyperparameters,
  layers: readonly LayerDescription[] | undefined,
): void {
  const { dropout, l2, priorTemperature, seed, augmentation, fineTuning } = hyperparameters;
  assertLoop(hyperparameters, '');
  assert(dropout >= 0 && dropout < 1, 'dropout', dropout);
  assert(l2 >= 0 && Number.isFinite(l2), 'L2 regularisation', l2);
  assert(
    priorTemperature > 0 && Number.isFinite(priorTemperature),
    'temperature',
    priorTemperature,
  );
  assert(Number.isSafeInteger(seed), 'seed', seed);
  assert(['constant', 'cosine'].includes(hyperparameters.schedule), 'schedule');
  assert(['all', 'fresh'].includes(augmentation), 'augmentation', augmentation);
  assert([undefined, 'balanced'].includes(hyperparameters.classWeights), 'class weights');
  assertVariants(hyperparameters.askedVariants);
  if (augmentation === 'all') assertVariants(hyperparameters.variants);
  if (fineTuning) assertTuning(fineTuning, layers);
}

function assertTuning(
  options: FineTuningOptions,
  layers: readonly LayerDescription[] | undefined,
): void {
  const { fromLayer, share = 1 } = options;
  assertLoop(options, ' of the fine-tuning');
  assert(share > 0 && share <= 1, 'share of the fine-tuned weights', share);
  // The first is the input.
  const isThere = layers?.slice(1).some(({ name }) => name === fromLayer);
  if (layers && !isThere) {
    throw new Problem('options', `The base has no layer “${fromLayer}” to fine-tune from.`);
  }
}

function assertLoop(
  {
    epochs,
    batchSize,
    learningRate,
  }: Pick<Hyperparameters, 'epochs' | 'batchSize' | 'learningRate'>,
  whose: string,
): void {
  assert(Number.isSafeInteger(epochs) && epochs > 0, `epochs${whose}`, epochs);
  assert(Number.isSafeInteger(batchSize) && batchSize > 0, `batch size${whose}`, batchSize);
  assert(learningRate > 0 && Number.isFinite(learningRate), `learning rate${whose}`, learningRate);
}

function assertVariants(variants: readonly string[]): void {
  assert(variants.length > 0, 'variants');
  for (const variant of variants) {
    try {
      augmentationOf('', variant);
    } catch {
      assert(false, 'variant', variant);
    }
  }
}

function assert(holds: boolean, name: string, value?: number | string): void {
  if (holds) return;
  const what =
    value === undefined ? 'is not one that this app knows' : `cannot be ${String(value)}`;
  throw new Problem('options', `A training cannot run like that: its ${name} ${what}.`);
}
