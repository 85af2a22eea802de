import { Random } from '../src/platform/random.ts';
import { PRESETS } from '../src/records/presets.ts';

/** A photo with what the app computed of it. */
export interface Example {
  /** 0: cat, 1: dog. */
  readonly label: number;
  /** Of the photo and of its mirror image. */
  readonly features: readonly Float32Array[];
  /** The logit of a dog minus that of a cat, of the photo and of its mirror image. */
  readonly known: readonly number[];
}

/** Adam's, as in Keras. */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

/**
 * Trains a head of two classes as Quick does, in float64 and without TensorFlow.js: Adam with a
 * cosine schedule, dropout, L2 of the kernel and of the bias, centred features, and a fixed part of the logit.
 *
 * @returns the logit of a photo: the mean over its variants
 */
export function fitHead(
  photos: readonly Example[],
  { strength, l2, biasL2, seed }: { strength: number; l2: number; biasL2: number; seed: number },
): (photo: Example) => number {
  const { learningRate, epochs, batchSize, dropout } = PRESETS.quick;
  const length = photos[0]!.features[0]!.length;
  const random = new Random(seed);
  const limit = Math.sqrt(6 / (length + 1));
  // The last weight is the bias.
  const weights = Float64Array.from({ length: length + 1 }, (_, i) =>
    i < length ? (2 * random.next() - 1) * limit : 0,
  );
  const mean = meanOf(photos.map(({ features }) => features[0]!));
  const examples = photos.flatMap(({ label, features, known }) =>
    features.map((row, v) => ({
      label,
      row: row.map((value, i) => value - mean[i]!),
      offset: strength * known[v]!,
    })),
  );
  const moments = [new Float64Array(length + 1), new Float64Array(length + 1)] as const;
  const gradient = new Float64Array(length + 1);
  const x = new Float64Array(length);
  const steps = epochs * Math.ceil(examples.length / batchSize);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.shuffle(examples);
    for (let at = 0; at < order.length; at += batchSize) {
      const batch = order.slice(at, at + batchSize);
      weights.forEach((weight, i) => (gradient[i] = (i < length ? l2 : biasL2) * weight));
      for (const { label, row, offset } of batch) {
        let logit = weights[length]! + offset;
        for (let i = 0; i < length; i++) {
          x[i] = random.next() < dropout ? 0 : row[i]! / (1 - dropout);
          logit += x[i]! * weights[i]!;
        }
        const dz = (1 / (1 + Math.exp(-logit)) - label) / batch.length;
        for (let i = 0; i < length; i++) gradient[i]! += dz * x[i]!;
        gradient[length]! += dz;
      }
      const rate = (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      adamStep(weights, gradient, moments, rate, ++step);
    }
  }
  let bias = weights[length]!;
  for (let i = 0; i < length; i++) bias -= mean[i]! * weights[i]!;
  return ({ features, known }) => {
    let sum = 0;
    features.forEach((row, v) => {
      sum += bias + strength * known[v]!;
      for (let i = 0; i < length; i++) sum += row[i]! * weights[i]!;
    });
    return sum / features.length;
  };
}

/** Mean cross-entropy in nats. */
export function meanLoss(
  photos: readonly Example[],
  logits: readonly number[],
  temperature: number,
): number {
  const sum = photos.reduce((total, { label }, i) => {
    const margin = (logits[i]! / temperature) * (label === 1 ? 1 : -1);
    return total + Math.log1p(Math.exp(-margin));
  }, 0);
  return sum / photos.length;
}

function meanOf(rows: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(rows[0]!.length);
  for (const row of rows) row.forEach((value, i) => (mean[i]! += value / rows.length));
  return mean;
}

function adamStep(
  weights: Float64Array,
  gradient: Float64Array,
  [first, second]: readonly [Float64Array, Float64Array],
  rate: number,
  step: number,
): void {
  const [c1, c2] = [1 - BETA1 ** step, 1 - BETA2 ** step];
  for (let i = 0; i < weights.length; i++) {
    first[i] = BETA1 * first[i]! + (1 - BETA1) * gradient[i]!;
    second[i] = BETA2 * second[i]! + (1 - BETA2) * gradient[i]! ** 2;
    weights[i]! -= (rate * (first[i]! / c1)) / (Math.sqrt(second[i]! / c2) + EPSILON);
  }
}
