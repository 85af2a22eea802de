import { loadFeatures } from './feature-store.ts';
import type { PlannedPhoto } from '../../records/checkpoint.ts';
import type { Split } from '../../records/photo.ts';

/** Features of the photos of a plan. */
export interface TrainingData {
  readonly featureLength: number;
  readonly photos: Readonly<Record<Split, readonly PlannedPhoto[]>>;
  /** Features of one side, `[photos, featureLength]`; the array is the caller's. */
  load(split: Split, variant: string): Promise<Float32Array>;
}

/** Features as they are stored. */
export class StoredData implements TrainingData {
  readonly featureLength: number;
  readonly photos: TrainingData['photos'];
  readonly #featureSpaceId: string;

  constructor(space: string, featureLength: number, photos: TrainingData['photos']) {
    this.#featureSpaceId = space;
    this.featureLength = featureLength;
    this.photos = photos;
  }

  /** @throws Problem `gone` when a photo of the plan was deleted meanwhile */
  load(split: Split, variant: string): Promise<Float32Array> {
    const ids = this.photos[split].map(({ id }) => id);
    return loadFeatures(this.#featureSpaceId, ids, variant, this.featureLength);
  }
}

/**
 * Features of one side, each the mean over its variants: a head is linear, so its answer to the mean
 * is the mean of its answers.
 */
export async function loadMean(
  data: TrainingData,
  split: Split,
  variants: readonly string[],
): Promise<Float32Array> {
  const sum = new Float32Array(data.photos[split].length * data.featureLength);
  for (const variant of variants) {
    const features = await data.load(split, variant);
    for (let i = 0; i < sum.length; i++) sum[i]! += features[i]! / variants.length;
  }
  return sum;
}

/** The mean feature vector of the training photos as they are, `[featureLength]`. */
export async function meanFeature(data: TrainingData): Promise<Float32Array> {
  const { featureLength } = data;
  const features = await data.load('train', 'plain');
  const sums = new Float64Array(featureLength);
  for (let i = 0; i < features.length; i++) sums[i % featureLength]! += features[i]!;
  return Float32Array.from(sums, (sum) => (sum * featureLength) / features.length);
}
