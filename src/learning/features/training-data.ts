import { loadFeatures } from './feature-store.ts';
import type { PlannedPhoto } from '../../records/checkpoint.ts';
import type { Split } from '../../records/photo.ts';

/** Access to the features of the photos in a training plan. */
export interface TrainingData {
  readonly featureLength: number;
  readonly photos: Readonly<Record<Split, readonly PlannedPhoto[]>>;
  /**
   * Loads the features of the photos in one split.
   *
   * @returns `[photos, featureLength]`, row-major; the caller may change the array
   */
  load(split: Split, variant: string): Promise<Float32Array>;
}

/** Training data that reads its features from the database. */
export class StoredData implements TrainingData {
  readonly featureLength: number;
  readonly photos: TrainingData['photos'];
  readonly #featureSpaceId: string;

  constructor(featureSpaceId: string, featureLength: number, photos: TrainingData['photos']) {
    this.#featureSpaceId = featureSpaceId;
    this.featureLength = featureLength;
    this.photos = photos;
  }

  /** @throws Problem `gone` if a photo of the plan has been deleted */
  load(split: Split, variant: string): Promise<Float32Array> {
    const ids = this.photos[split].map(({ id }) => id);
    return loadFeatures(this.#featureSpaceId, ids, variant, this.featureLength);
  }
}

/**
 * Loads the features of one split, averaged over the variants of each photo. The head is linear, so
 * its logits for the mean features are the mean of its logits for the variants.
 *
 * @returns `[photos, featureLength]`, row-major
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

/** The mean feature vector of the training photos without augmentation, `[featureLength]`. */
export async function meanFeature(data: TrainingData): Promise<Float32Array> {
  const { featureLength } = data;
  const features = await data.load('train', 'plain');
  const sums = new Float64Array(featureLength);
  for (let i = 0; i < features.length; i++) sums[i % featureLength]! += features[i]!;
  return Float32Array.from(sums, (sum) => (sum * featureLength) / features.length);
}
