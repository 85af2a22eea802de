import type { TrainingData } from '../features/training-data.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';

/**
 * What the training subtracts from a prior if a class has no known class: its prior is always 0,
 * which is no evidence on the scale of the others. The mean over the training photos, all classes
 * counting equally, makes 0 the neutral value. If every class has a known class, the prior is used
 * as it is: its own zero is better than one from a few photos.
 *
 * @returns `[outputs]`; undefined if nothing is subtracted
 */
export async function balancedPriorMean(
  { prior, photos, classes }: Pick<TrainingPlan, 'prior' | 'photos' | 'classes'>,
  data: TrainingData,
): Promise<Float32Array | undefined> {
  if (!data.loadPrior || !prior?.classes.includes(null)) return undefined;
  const rows = await data.loadPrior('train', 'plain');
  const outputs = rows.length / photos.train.length;
  const counts = classes.map((_, label) => photos.train.filter((p) => p.label === label).length);
  const mean = new Float32Array(outputs);
  photos.train.forEach(({ label }, row) => {
    const weight = 1 / (classes.length * counts[label]!);
    for (let o = 0; o < outputs; o++) mean[o]! += weight * rows[row * outputs + o]!;
  });
  return mean;
}
