import type { TrainingPlan } from '../../records/checkpoint.ts';

/**
 * The weight of each class in the loss, so that each of them weighs as much as any other: `n / (k n_c)`
 * for `n` photos of `k` classes, `n_c` of them of this one, as in TensorFlow's tutorial
 * "Classification on imbalanced data" and scikit-learn's `balanced`. The mean over the photos is 1.
 *
 * @param labels index of the class of each training photo
 * @param classes how many there are; one without a photo weighs nothing
 */
export function balancedWeights(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count > 0 ? labels.length / (classes * count) : 0));
}

/** The weights that a plan asks for; undefined where each photo counts the same. */
export function classWeightsOf({
  hyperparameters,
  classes,
  photos,
}: Pick<TrainingPlan, 'hyperparameters' | 'classes' | 'photos'>): number[] | undefined {
  if (hyperparameters.classWeights !== 'balanced') return undefined;
  const labels = photos.train.map(({ label }) => label);
  return balancedWeights(labels, classes.length);
}
