import { outputsOf } from '../evaluate/probabilities.ts';
import { fitTemperature } from '../evaluate/temperature.ts';
import { kernelLogits, type KernelProblem } from '../optim/kernel-logistic.ts';
import type { Hyperparameters } from '../../records/model.ts';
import type { PriorTrial } from '../../records/prior.ts';
import { assignFolds } from './assign-folds.ts';

const FOLDS = 4;

/** A strength of the prior, and the head that belongs to it. */
export interface StrengthCandidate extends Pick<Hyperparameters, 'l2'> {
  /** 0: no prior. */
  readonly strength: number;
  readonly biasL2: number;
  /** Added to the summed loss, in nats: how much better it must be than one without doubt. */
  readonly doubt: number;
}

/** Training photos, and what the base says of them. */
export interface StrengthEvidence {
  /** In a fixed order; see `assignFolds`. */
  readonly photos: readonly {
    readonly id: string;
    readonly label: number;
    readonly group: string;
  }[];
  /** `[photos, featureLength]`, row-major. */
  readonly features: Float32Array;
  /** The prior's part of the logits at strength 1, `[photos, outputs]`. */
  readonly known: Float32Array;
  /** As `Hyperparameters.priorTemperature`. */
  readonly priorTemperature: number;
}

/**
 * Compares strengths of a prior by cross-validation on the training photos: each fold, with
 * near-duplicates in one fold, is predicted by heads that learned from the others. A strength counts
 * by its cross-entropy at its best temperature, so that a strength is not preferred for its scale
 * alone. If no photo can be left out, as with one photo per class, the prior counts by what it says
 * alone, and no prior by a guess.
 *
 * @param yieldOrCancel called before each head, so that it can be cancelled
 * @returns trials in the order of the candidates, and the number of photos that were predicted
 */
export async function compareStrengths(
  evidence: StrengthEvidence,
  candidates: readonly StrengthCandidate[],
  yieldOrCancel: () => Promise<void>,
): Promise<{ trials: PriorTrial[]; count: number }> {
  const { photos, known } = evidence;
  const outputs = outputsOf(known, photos.length);
  const labels = photos.map(({ label }) => label);
  const folds = assignFolds(photos, FOLDS);
  const gram = folds.size > 0 ? gramOf(evidence) : new Float64Array();
  const evaluated = photos.flatMap(({ id }, row) =>
    folds.size === 0 || folds.has(id) ? [row] : [],
  );
  const trials: PriorTrial[] = [];
  for (const { strength, l2, biasL2 } of candidates) {
    const offsets = Float64Array.from(known, (logit) => strength * logit);
    const logits = offsets.slice();
    for (const fold of new Set(folds.values())) {
      await yieldOrCancel();
      const isHeldOut = (row: number) => folds.get(photos[row]!.id) === fold;
      const rows = photos.map((_, row) => row).filter((row) => !isHeldOut(row));
      const problem: KernelProblem = {
        ...{ gram, count: photos.length, rows, labels, offsets, outputs, l2, biasL2 },
      };
      const predicted = kernelLogits(problem);
      predicted.forEach((logit, i) => {
        if (isHeldOut(Math.floor(i / outputs))) logits[i] = logit;
      });
    }
    const { loss } = fitTemperature(
      evaluated.flatMap((row) => [...logits.subarray(row * outputs, (row + 1) * outputs)]),
      evaluated.map((row) => labels[row]!),
      evidence.priorTemperature,
    );
    trials.push({ strength, l2, loss: loss.after });
  }
  return { trials, count: evaluated.length };
}

/** The strength of the trial with the lowest loss, doubt included; the earlier of equals. */
export function bestStrength(
  trials: readonly PriorTrial[],
  candidates: readonly StrengthCandidate[],
  count: number,
): StrengthCandidate {
  const costs = trials.map(({ loss }, i) => count * loss + candidates[i]!.doubt);
  return candidates[costs.indexOf(Math.min(...costs))]!;
}

/** Inner products of the features, less the mean of all, `[photos, photos]`. */
function gramOf({ photos, features }: StrengthEvidence): Float64Array {
  const count = photos.length;
  const length = features.length / count;
  const mean = new Float64Array(length);
  features.forEach((value, i) => (mean[i % length]! += value / count));
  const centred = Float64Array.from(features, (value, i) => value - mean[i % length]!);
  const gram = new Float64Array(count ** 2);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += centred[a * length + i]! * centred[b * length + i]!;
      gram[a * count + b] = gram[b * count + a] = sum;
    }
  }
  return gram;
}
