import type { FeatureExtractor } from './feature-extractor.ts';
import { furtherVariant, knownVariant, loadFeatures } from './feature-store.ts';
import { columnsOf, joinRows } from '../../platform/rows.ts';
import { classCount } from './known-readout.ts';
import { mixLogits, mixture, type PriorMixture } from './prior-logits.ts';
import type { PlannedPhoto } from '../../records/checkpoint.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';
import type { Split } from '../../records/photo.ts';

/** Access to the features of the photos in a training plan. */
export interface TrainingData {
  /** Numbers in a row that a head reads. */
  readonly featureLength: number;
  /** How many of them, the first ones, are features of the last map; the others are further ones. */
  readonly lastMapLength: number;
  readonly photos: Readonly<Record<Split, readonly PlannedPhoto[]>>;
  /**
   * Loads the features of the photos in one split.
   *
   * @returns `[photos, featureLength]`, row-major; the caller may change the array
   */
  load(split: Split, variant: string): Promise<Float32Array>;
  /**
   * Loads the prior's part of the logits of the photos in one split; absent without a prior.
   *
   * @returns `[photos, outputs]`, row-major; the caller may change the array
   */
  loadPrior?(split: Split, variant: string): Promise<Float32Array>;
}

/** Training data that reads its features from the database. */
export class StoredData implements TrainingData {
  readonly featureLength: number;
  readonly lastMapLength: number;
  readonly photos: TrainingData['photos'];
  readonly loadPrior?: NonNullable<TrainingData['loadPrior']>;
  readonly #featureSpaceId: string;
  readonly #further: Pick<FurtherFeatures, 'length'> | undefined;

  /**
   * @param extractor computed the features
   * @param plan with its prior and further features, which the extractor then computed too
   */
  constructor(
    { featureSpaceId, spec, known }: Pick<FeatureExtractor, 'featureSpaceId' | 'spec' | 'known'>,
    photos: TrainingData['photos'],
    { prior, further }: ReadParts = {},
  ) {
    this.#featureSpaceId = featureSpaceId;
    this.#further = further;
    this.lastMapLength = spec.featureLength;
    this.featureLength = spec.featureLength + (further?.length ?? 0);
    this.photos = photos;
    if (!prior) return;
    // A base that lost the file of its known classes has none; the rows are then missing too.
    const columns = (known && classCount(known)) ?? spec.knows?.classes.length ?? 0;
    const matrix = mixture(prior, columns, ({ index }) => index);
    this.loadPrior = async (split, variant) => {
      const ids = photos[split].map(({ id }) => id);
      const rows = await loadFeatures(featureSpaceId, ids, knownVariant(variant), columns);
      return mixLogits(rows, matrix, columns);
    };
  }

  /** @throws Problem `gone` if a photo of the plan has been deleted */
  async load(split: Split, variant: string): Promise<Float32Array> {
    const ids = this.photos[split].map(({ id }) => id);
    const { lastMapLength: length } = this;
    const own = await loadFeatures(this.#featureSpaceId, ids, variant, length);
    if (!this.#further) return own;
    const stored = furtherVariant(variant);
    const rest = this.#further.length;
    const further = await loadFeatures(this.#featureSpaceId, ids, stored, rest);
    return joinRows([own, further], ids.length);
  }
}

/** What a head reads besides the features of the last map. */
export interface ReadParts {
  readonly prior?: PriorMixture | undefined;
  readonly further?: Pick<FurtherFeatures, 'length'> | undefined;
}

/**
 * Loads the features of the last map alone, those of the photos as they are.
 *
 * @returns `[photos, lastMapLength]`, row-major
 */
export async function loadLastMap(data: TrainingData, split: Split): Promise<Float32Array> {
  const { featureLength, lastMapLength } = data;
  const features = await data.load(split, 'plain');
  if (featureLength === lastMapLength) return features;
  const rows = features.length / featureLength;
  return columnsOf(features, rows, { from: 0, length: lastMapLength });
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

/**
 * Loads the prior's part of the logits of one split, averaged over the variants of each photo.
 *
 * @returns `[photos, outputs]`, row-major; undefined without a prior
 */
export async function loadMeanPrior(
  data: TrainingData,
  split: Split,
  variants: readonly string[],
): Promise<Float32Array | undefined> {
  if (!data.loadPrior) return undefined;
  const parts: Float32Array[] = [];
  for (const variant of variants) parts.push(await data.loadPrior(split, variant));
  return parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length);
}

/** The mean feature vector of the training photos without augmentation, `[featureLength]`. */
export async function meanFeature(data: TrainingData): Promise<Float32Array> {
  const { featureLength } = data;
  const features = await data.load('train', 'plain');
  const sums = new Float64Array(featureLength);
  for (let i = 0; i < features.length; i++) sums[i % featureLength]! += features[i]!;
  return Float32Array.from(sums, (sum) => (sum * featureLength) / features.length);
}
