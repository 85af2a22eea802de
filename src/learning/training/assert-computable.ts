import { msg, str } from '../../i18n/msg.ts';
import { augmentationOf } from '../input/variants.ts';
import type { FineTuningOptions, Hyperparameters } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import type { LayerDescription } from '../../records/summary.ts';

/**
 * Checks that a training can be computed with these hyperparameters. They may be invalid because
 * they come from a page or from settings that another version of the app stored.
 *
 * @param layers all layers of the base; undefined for a GraphModel
 * @throws Problem `options` that names the first invalid value
 */
export function assertComputable(
  hyperparameters: Hyperparameters,
  layers: readonly LayerDescription[] | undefined,
): void {
  const { dropout, l2, priorTemperature, seed, augmentation, fineTuning } = hyperparameters;
  assertLoop(hyperparameters, {
    epochs: msg('epochs'),
    batchSize: msg('batch size'),
    learningRate: msg('learning rate'),
  });
  assert(dropout >= 0 && dropout < 1, msg('dropout'), dropout);
  assert(l2 >= 0 && Number.isFinite(l2), msg('L2 regularisation'), l2);
  assert(
    priorTemperature > 0 && Number.isFinite(priorTemperature),
    msg('temperature'),
    priorTemperature,
  );
  assert(Number.isSafeInteger(seed), msg('seed'), seed);
  assert(['constant', 'cosine'].includes(hyperparameters.schedule), msg('schedule'));
  assert(['all', 'fresh'].includes(augmentation), msg('augmentation'), augmentation);
  assert([undefined, 'balanced'].includes(hyperparameters.classWeights), msg('class weights'));
  assertVariants(hyperparameters.askedVariants);
  if (augmentation === 'all') assertVariants(hyperparameters.variants);
  if (fineTuning) assertTuning(fineTuning, layers);
}

function assertTuning(
  options: FineTuningOptions,
  layers: readonly LayerDescription[] | undefined,
): void {
  const { fromLayer, alpha = 1 } = options;
  assertLoop(options, {
    epochs: msg('epochs of the fine-tuning'),
    batchSize: msg('batch size of the fine-tuning'),
    learningRate: msg('learning rate of the fine-tuning'),
  });
  assert(alpha > 0 && alpha <= 1, msg('share of the fine-tuned weights'), alpha);
  // The first layer is the input.
  const exists = layers?.slice(1).some(({ name }) => name === fromLayer);
  if (layers && !exists) {
    throw new Problem('options', msg(str`The base has no layer “${fromLayer}” to fine-tune from.`));
  }
}

function assertLoop(
  {
    epochs,
    batchSize,
    learningRate,
  }: Pick<Hyperparameters, 'epochs' | 'batchSize' | 'learningRate'>,
  names: Readonly<Record<'epochs' | 'batchSize' | 'learningRate', string>>,
): void {
  assert(Number.isSafeInteger(epochs) && epochs > 0, names.epochs, epochs);
  assert(Number.isSafeInteger(batchSize) && batchSize > 0, names.batchSize, batchSize);
  assert(learningRate > 0 && Number.isFinite(learningRate), names.learningRate, learningRate);
}

function assertVariants(variants: readonly string[]): void {
  assert(variants.length > 0, msg('variants'));
  for (const variant of variants) {
    try {
      augmentationOf('', variant);
    } catch {
      assert(false, msg('variant'), variant);
    }
  }
}

function assert(holds: boolean, name: string, value?: number | string): void {
  if (holds) return;
  throw new Problem(
    'options',
    value === undefined
      ? msg(str`A training cannot run like that: its ${name} is not one that this app knows.`)
      : msg(str`A training cannot run like that: its ${name} cannot be ${value}.`),
  );
}
