import { listPhotos } from '../../photos/repository.ts';
import { groupOf } from '../../photos/training-splits.ts';
import type { PlannedPhoto, TrainingPlan } from '../../records/checkpoint.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';
import type { Prior } from '../../records/prior.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { loadMean, loadMeanPrior, StoredData } from '../features/training-data.ts';
import { outputsFor } from '../../records/class.ts';
import { balancedPriorMean } from '../head/balanced-prior-mean.ts';
import type { StrengthEvidence } from './choose-strength.ts';

/** Enough to choose; the time grows with the square of their number. */
const MAX_PHOTOS = 300;

/**
 * What the training photos of a plan say, at most `MAX_PHOTOS` of them.
 *
 * @param prior the prior of the base for them; undefined to leave it out
 * @param further read behind the features of the last map; none by default
 * @throws Problem `gone` if a photo of the plan has been deleted
 */
export async function evidenceOf(
  plan: Pick<TrainingPlan, 'hyperparameters' | 'classes' | 'photos'>,
  prior: Prior | undefined,
  extractor: FeatureExtractor,
  further?: FurtherFeatures,
): Promise<StrengthEvidence> {
  const { hyperparameters, classes } = plan;
  const { askedVariants, priorTemperature } = hyperparameters;
  const train = evenly(plan.photos.train, MAX_PHOTOS);
  const photos = { train, validation: [], test: [] };
  const whole = prior && { ...prior, strength: 1 };
  const data = new StoredData(extractor, photos, { prior: whole, further });
  const features = await loadMean(data, 'train', askedVariants);
  const known =
    (await loadMeanPrior(data, 'train', askedVariants)) ??
    new Float32Array(train.length * outputsFor(classes.length));
  const mean = whole && (await balancedPriorMean({ prior: whole, photos, classes }, data));
  if (mean) known.forEach((value, i) => (known[i] = value - mean[i % mean.length]!));
  const groups = new Map((await listPhotos()).map((photo) => [photo.id, groupOf(photo)]));
  return {
    photos: train.map(({ id, label }) => ({ id, label, group: groups.get(id) ?? id })),
    ...{ features, known, priorTemperature },
  };
}

/** The first photos of each class, as many of each as there are, up to `most` in all. */
function evenly(photos: readonly PlannedPhoto[], most: number): readonly PlannedPhoto[] {
  if (photos.length <= most) return photos;
  const seen = new Map<number, number>();
  const ranks = photos.map(({ label }) => {
    const rank = seen.get(label) ?? 0;
    seen.set(label, rank + 1);
    return rank;
  });
  const last = ranks.toSorted((a, b) => a - b)[most - 1]!;
  return photos.filter((_, i) => ranks[i]! <= last).slice(0, most);
}
