import { VARIANTS } from '../input/variants.ts';
import { variantsOfEpoch } from '../optim/hyperparameters.ts';
import type { LayerDescription } from '../../records/summary.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';

/** What a training has to do, in pieces that can be counted. */
export interface Workload {
  /** Pictures whose features are still to be computed. */
  readonly pictures: number;
  /** Those among them that every photo needs, whatever the training. */
  readonly arriving: number;
  readonly headEpochs: number;
  /** Variants of photos that the head learns from, over all epochs. */
  readonly examples: number;
  /** Pictures whose boundary activations are computed. */
  readonly boundaries: number;
  /** Whether those of the training photos are computed anew for each epoch. */
  readonly freshBoundaries: boolean;
  /**
   * The fine-tuning's computations in forward passes of the whole base. What learns is passed
   * forwards once, and backwards at twice the cost (a gradient for the input and one for the weights).
   */
  readonly passes: number;
  /** Share of the base, by its operations, that stays frozen in the fine-tuning. */
  readonly frozenFraction: number;
}

/** Every variant of the training photos that the head's epochs learn from, and what arrives anyway. */
export function everyVariant({ hyperparameters }: Pick<TrainingPlan, 'hyperparameters'>): string[] {
  const epochs = Array.from({ length: hyperparameters.epochs }, (_, i) => i + 1);
  const learned = epochs.flatMap((epoch) => variantsOfEpoch(hyperparameters, epoch));
  return [...new Set([...VARIANTS, ...learned])];
}

/**
 * Counts what a plan has to do.
 *
 * @param stored variants of each photo that have features already, by photo id
 * @param layers of the base; absent for one that does not tell them
 */
export function workloadOf(
  plan: Pick<TrainingPlan, 'hyperparameters' | 'photos'>,
  stored: ReadonlyMap<string, ReadonlySet<string>>,
  layers: readonly LayerDescription[] | undefined,
): Workload {
  const { hyperparameters, photos } = plan;
  const { train, validation, test } = photos;
  const { epochs, fineTuning, askedVariants } = hyperparameters;
  const missing = (side: typeof train, variants: readonly string[]) =>
    side.reduce((sum, { id }) => sum + variants.filter((v) => !stored.get(id)?.has(v)).length, 0);
  const perEpoch = train.length * variantsOfEpoch(hyperparameters, 1).length;
  const frozenFraction = fineTuning && layers ? shareBefore(layers, fineTuning.fromLayer) : 0;
  const fresh = hyperparameters.augmentation === 'fresh';
  const asked = (validation.length + test.length) * askedVariants.length;
  // What knows the training photos is learned from their plain features: see finishModel.
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
 * Share of a base's multiplications that come before a layer: of a convolution they are its
 * parameters at each place of its output.
 */
export function shareBefore(layers: readonly LayerDescription[], layer: string): number {
  const index = layers.findIndex(({ name }) => name === layer);
  const cost = (some: readonly LayerDescription[]) =>
    some.reduce((sum, { outputShape, parameters }) => {
      const places = outputShape.slice(1, -1).reduce<number>((a, b) => a * (b ?? 1), 1);
      return sum + places * (parameters.trainable + parameters.nonTrainable);
    }, 0);
  const all = cost(layers);
  return index > 0 && all > 0 ? cost(layers.slice(0, index)) / all : 0;
}
