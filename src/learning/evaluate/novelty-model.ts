/** Measures how unlike the training photos a picture is, from its features. */
interface Novelty {
  /**
   * The mean cosine distance to the nearest reference photos.
   *
   * @param feature `[featureLength]`
   * @returns 0 (equal direction; by rounding slightly below) to 2; at most 1 for non-negative
   *   features, such as those after a ReLU
   * @throws RangeError if the feature has another length
   */
  score(feature: ArrayLike<number>): number;
  /** A picture with a score above the threshold is "not sure"; above 0. */
  readonly threshold: number;
}

/**
 * Length of the stored header: format, feature length, number of references, neighbours, threshold.
 */
const HEADER = 5;
const FORMAT = 1;

/**
 * The smallest threshold. Identical training photos have a distance of 0 or, by rounding, below it;
 * a score divided by that would be NaN, infinite or negative.
 */
const MIN_THRESHOLD = 1e-6;

/**
 * Nearest neighbours by cosine distance among reference features; `not-sure.ts` chooses the
 * references.
 */
export class NoveltyModel implements Novelty {
  readonly threshold: number;
  readonly featureLength: number;
  /** Number of nearest references in a score. */
  readonly neighbours: number;
  /** `[references, featureLength]`, each row of length 1. */
  readonly references: Float32Array;
  readonly #count: number;

  /**
   * @param references `[references, featureLength]`, normalised by `normalizeRows`
   * @param neighbours number of nearest references in a score, 1 to the number of references
   * @param threshold raised to `MIN_THRESHOLD`, also that of a model which was stored without this
   *   bound
   */
  constructor(
    references: Float32Array,
    featureLength: number,
    neighbours: number,
    threshold: number,
  ) {
    this.references = references;
    this.#count = references.length / featureLength;
    this.featureLength = featureLength;
    this.neighbours = neighbours;
    // Rounded as it is stored, so that a loaded model gives the same answers.
    this.threshold = Math.fround(Math.max(threshold, MIN_THRESHOLD));
  }

  score(feature: ArrayLike<number>): number {
    if (feature.length !== this.featureLength) {
      throw new RangeError(`${feature.length} features, not ${this.featureLength}`);
    }
    return this.scoreRow(normalizeRows(Float32Array.from(feature), this.featureLength), 0);
  }

  /**
   * The score of one row of a matrix that `normalizeRows` returned.
   *
   * @param except index of a reference to ignore; -1 for none
   */
  scoreRow(normalized: Float32Array, row: number, except = -1): number {
    const length = this.featureLength;
    const nearest = new Float64Array(this.neighbours).fill(Infinity);
    for (let reference = 0; reference < this.#count; reference++) {
      if (reference === except) continue;
      const cosine = dot(this.references, reference * length, normalized, row * length, length);
      insert(nearest, 1 - cosine);
    }
    return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
  }

  /** Serialises the model, float32: the header of 5 numbers, then the references row by row. */
  toBytes(): ArrayBuffer {
    const values = new Float32Array(HEADER + this.references.length);
    values.set([FORMAT, this.featureLength, this.#count, this.neighbours, this.threshold]);
    values.set(this.references, HEADER);
    return values.buffer;
  }

  /**
   * Restores a model.
   *
   * @throws RangeError if the bytes are not from `toBytes`
   */
  static fromBytes(bytes: ArrayBuffer): NoveltyModel {
    const values = bytes.byteLength % 4 === 0 ? new Float32Array(bytes) : new Float32Array();
    const [format, featureLength = 0, count = 0, neighbours = 0, threshold = NaN] = values;
    const fits =
      format === FORMAT &&
      values.length === HEADER + featureLength * count &&
      neighbours >= 1 &&
      neighbours <= count &&
      !Number.isNaN(threshold);
    if (!fits) throw new RangeError('These bytes are no novelty model');
    return new NoveltyModel(values.slice(HEADER), featureLength, neighbours, threshold);
  }
}

/**
 * Scales each row to norm 1. A row of zeros stays as it is, at cosine distance 1 from every row.
 *
 * @param features `[rows, length]`
 * @returns a scaled copy
 */
export function normalizeRows(features: Float32Array, length: number): Float32Array {
  const normalized = features.slice();
  for (let start = 0; start < features.length; start += length) {
    const norm = Math.sqrt(dot(features, start, features, start, length));
    if (norm === 0) continue;
    for (let i = start; i < start + length; i++) normalized[i] = features[i]! / norm;
  }
  return normalized;
}

function dot(a: Float32Array, aStart: number, b: Float32Array, bStart: number, length: number) {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[aStart + i]! * b[bStart + i]!;
  return sum;
}

/** Inserts a value into a sorted list of the smallest values so far, which keeps its length. */
function insert(smallest: Float64Array, value: number): void {
  let place = smallest.length - 1;
  if (!(value < smallest[place]!)) return;
  for (; place > 0 && smallest[place - 1]! > value; place--) {
    smallest[place] = smallest[place - 1]!;
  }
  smallest[place] = value;
}
