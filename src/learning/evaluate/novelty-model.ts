/** Says how unlike the training photos a picture is, from its features. */
interface Novelty {
  /**
   * Mean cosine distance to the nearest training photos.
   *
   * @param feature `[featureLength]`
   * @returns 0 for a training photo itself, up to 2; features behind a ReLU stay below 1
   * @throws RangeError when the feature has another length
   */
  score(feature: ArrayLike<number>): number;
  /** A score above it is "not sure". */
  readonly threshold: number;
}

/** Numbers before the reference features: format, feature length, references, neighbours, threshold. */
const HEADER = 5;
const FORMAT = 1;

/** Nearest neighbours by cosine among reference features; see `not-sure.ts` for how they are chosen. */
export class NoveltyModel implements Novelty {
  readonly threshold: number;
  readonly featureLength: number;
  /** How many of the nearest references count. */
  readonly neighbours: number;
  /** `[references, featureLength]`, each row of length 1. */
  readonly #references: Float32Array;
  readonly #count: number;

  /** @param references `[references, featureLength]`, rows as `normalizeRows` gives them */
  constructor(
    references: Float32Array,
    featureLength: number,
    neighbours: number,
    threshold: number,
  ) {
    this.#references = references;
    this.#count = references.length / featureLength;
    this.featureLength = featureLength;
    this.neighbours = neighbours;
    // As it is stored, so that a model read back answers the same.
    this.threshold = Math.fround(threshold);
  }

  score(feature: ArrayLike<number>): number {
    if (feature.length !== this.featureLength) {
      throw new RangeError(`${feature.length} features, not ${this.featureLength}`);
    }
    return this.scoreRow(normalizeRows(Float32Array.from(feature), this.featureLength), 0);
  }

  /**
   * Score of one row of a normalised matrix, for many at a time.
   *
   * @param except a reference that does not count: the row itself, when it is left out
   */
  scoreRow(normalized: Float32Array, row: number, except = -1): number {
    const length = this.featureLength;
    const nearest = new Float64Array(this.neighbours).fill(Infinity);
    for (let reference = 0; reference < this.#count; reference++) {
      if (reference === except) continue;
      const cosine = dot(this.#references, reference * length, normalized, row * length, length);
      insert(nearest, 1 - cosine);
    }
    return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
  }

  /** Everything, float32: 5 numbers, then the references row by row. */
  toBytes(): ArrayBuffer {
    const values = new Float32Array(HEADER + this.#references.length);
    values.set([FORMAT, this.featureLength, this.#count, this.neighbours, this.threshold]);
    values.set(this.#references, HEADER);
    return values.buffer;
  }

  /** @throws RangeError when these are no bytes of `toBytes` */
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
 * Rows scaled to length 1; a row of zeros stays, and is at distance 1 from everything.
 *
 * @param features `[rows, length]`
 * @returns a copy
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

/** Keeps the smallest values seen, ascending. */
function insert(smallest: Float64Array, value: number): void {
  let place = smallest.length - 1;
  if (!(value < smallest[place]!)) return;
  for (; place > 0 && smallest[place - 1]! > value; place--) {
    smallest[place] = smallest[place - 1]!;
  }
  smallest[place] = value;
}
