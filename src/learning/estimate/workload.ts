import { VARIANTS } from '../input/variants.ts';
import { variantsOfEpoch } from '../optim/hyperparameters.ts';
import type { LayerDescription } from '../../records/summary.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';

/** The work of a training, in countable units. */
export interface Workload {
  /** Pictures (photos times variants) whose features are still to be computed. */
  readonly pictures: number;
  /**
   * The part of `pictures` that is computed for every new photo, independent of a training: the
   * variants in `VARIANTS`.
   */
  readonly arriving: number;
  /** Epochs of the head. */
  readonly headEpochs: number;
  /** Training examples of the head, over all epochs. */
  readonly examples: number;
  /** Pictures whose boundary activations are computed. */
  readonly boundaries: number;
  /** Whether the boundary activations of the training photos are computed again for each epoch. */
  readonly freshBoundaries: boolean;
  /**
   * The computations of the fine-tuning, in units of one forward pass of the whole base. The
   * backward pass of the trainable part costs twice its forward pass (a gradient for the input and
   * one for the weights).
   */
  readonly passes: number;
  /** Fraction of the base's operations in the part that stays frozen in the fine-tuning, 0 to 1. */
  readonly frozenFraction: number;
}

/** All variants of the training photos that a training needs: the head's, and the standard ones. */
export function everyVariant({ hyperparameters }: Pick<TrainingPlan, 'hyperparameters'>): string[] {
  const epochs = Array.from({ length: hyperparameters.epochs }, (_, i) => i + 1);
  const trained = epochs.flatMap((epoch) => variantsOfEpoch(hyperparameters, epoch));
  return [...new Set([...VARIANTS, ...trained])];
}

/**
 * Counts the work of a plan.
 *
 * @param stored variants of each photo that have stored features, by photo id
 * @param layers all layers of the base; undefined for a GraphModel
 */
export function workloadOf(
  plan: Pick<TrainingPlan, 'hyperparameters' | 'photos'>,
  stored: ReadonlyMap<string, ReadonlySet<string>>,
  layers: readonly LayerDescription[] | undefined,
): Workload {
  const { hyperparameters, photos } = plan;
  const { train, validation, test } = photos;
  const { epochs, fineTuning, askedVariants } = hyperparameters;
  const missing = (some: typeof train, variants: readonly string[]) =>
    some.reduce((sum, { id }) => sum + variants.filter((v) => !stored.get(id)?.has(v)).length, 0);
  const perEpoch = train.length * variantsOfEpoch(hyperparameters, 1).length;
  const frozenFraction = fineTuning && layers ? fractionBefore(layers, fineTuning.fromLayer) : 0;
  const fresh = hyperparameters.augmentation === 'fresh';
  const asked = (validation.length + test.length) * askedVariants.length;
  // The novelty model needs the plain features of the training photos too: see `evaluateHead`.
  const plainToo = fresh ? train.length : 0;
  const tuning = fineTuning && {
    boundaries: perEpoch * (fresh ? fineTuning.epochs : 1) + asked + plainToo,
    passes:
      (1 - frozenFraction) *
      (fineTuning.epochs * (3 * perEpoch + validation.length * askedVariants.length) +
        asked +
        train.length),
  };
  const others = missing([...validation, ...test], VARIANTS);
  return {
    pictures: missing(train, everyVariant(plan)) + others,
    arriving: missing(train, VARIANTS) + others,
    headEpochs: epochs,
    examples: perEpoch * epochs,
    boundaries: tuning?.boundaries ?? 0,
    freshBoundaries: fresh,
    passes: tuning?.passes ?? 0,
    frozenFraction,
  };
}

/**
 * Fraction of a base's multiplications in the layers before one of them, 0 to 1. A layer's
 * multiplications are taken as its parameters times the pixels of its output.
 *
 * @param layer Keras name of the layer
 */
export function fractionBefore(layers: readonly LayerDescription[], layer: string): number {
  const index = layers.findIndex(({ name }) => name === layer);
  const cost = (some: readonly LayerDescription[]) =>
    some.reduce((sum, { outputShape, parameters }) => {
      const pixels = outputShape.slice(1, -1).reduce<number>((a, b) => a * (b ?? 1), 1);
      return sum + pixels * (parameters.trainable + parameters.nonTrainable);
    }, 0);
  const all = cost(layers);
  return index > 0 && all > 0 ? cost(layers.slice(0, index)) / all : 0;
}
