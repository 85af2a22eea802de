import { kernelLogits } from '../src/learning/optim/kernel-logistic.ts';
import type { StrengthCandidate } from '../src/learning/training/choose-strength.ts';

/** A photo with what the app computed of it. */
export interface Example {
  /** 0: cat, 1: dog. */
  readonly label: number;
  /** Mean of the photo and of its mirror image. */
  readonly features: Float32Array;
  /** The logit of a dog minus that of a cat, the mean of both. */
  readonly known: number;
}

/**
 * Heads of several strengths that learned from some photos, at the minimum of their loss: float64,
 * without dropout and without TensorFlow.js.
 *
 * @returns for each candidate the logits of the other photos
 */
export function logitsOfHeads(
  learned: readonly Example[],
  others: readonly Example[],
  candidates: readonly StrengthCandidate[],
): number[][] {
  const all = [...learned, ...others];
  const count = all.length;
  const gram = gramOf(all, learned.length);
  const rows = learned.map((_, i) => i);
  const labels = all.map(({ label }) => label);
  return candidates.map(({ strength, l2, biasL2 }) => {
    const offsets = Float64Array.from(all, ({ known }) => strength * known);
    const logits = kernelLogits({
      ...{ gram, count, rows, labels, offsets, outputs: 1, l2, biasL2 },
    });
    return [...logits.subarray(learned.length)];
  });
}

/** Inner products of all features, less the mean of the first `learned`. */
function gramOf(all: readonly Example[], learned: number): Float64Array {
  const length = all[0]!.features.length;
  const mean = new Float64Array(length);
  for (const { features } of all.slice(0, learned)) {
    features.forEach((value, i) => (mean[i]! += value / learned));
  }
  const centred = all.map(({ features }) => Float64Array.from(features, (x, i) => x - mean[i]!));
  const gram = new Float64Array(all.length ** 2);
  centred.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = centred[j]!;
      let sum = 0;
      for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
      gram[i * all.length + j] = gram[j * all.length + i] = sum;
    }
  });
  return gram;
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
