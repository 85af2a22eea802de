import type { TrainingPlan } from '../../records/checkpoint.ts';

/**
 * Class weights that make all classes count equally in the loss: `n / (k n_c)` for `n` photos, `k`
 * classes and `n_c` photos of the class, as in TensorFlow's tutorial "Classification on imbalanced
 * data" and scikit-learn's `balanced`. Their mean over the photos is 1.
 *
 * @param labels class index of each training photo
 * @param classes number of classes
 * @returns a weight for each class; 0 for a class without photos
 */
export function balancedWeights(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count > 0 ? labels.length / (classes * count) : 0));
}

/** The class weights of a plan; undefined if all photos have the same weight. */
export function classWeightsOf({
  hyperparameters,
  classes,
  photos,
}: Pick<TrainingPlan, 'hyperparameters' | 'classes' | 'photos'>): number[] | undefined {
  if (hyperparameters.classWeights !== 'balanced') return undefined;
  const labels = photos.train.map(({ label }) => label);
  return balancedWeights(labels, classes.length);
}
