import type { Evaluation } from '../../models/record.ts';

/** Logistic function, without overflow for large `z`. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/**
 * Binary cross-entropy of one logit, in nats: `max(z, 0) - z y + log(1 + exp(-|z|))`, as
 * TensorFlow's `sigmoid_cross_entropy_with_logits` computes it.
 *
 * @param label 0 or 1
 */
export function crossEntropy(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Mean loss and share of right answers; a logit above 0 answers 1 (Keras's BinaryAccuracy at 0). */
export function binaryMetrics(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
): { loss: number; accuracy: number } {
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    loss += crossEntropy(logits[i]!, labels[i]!);
    if (Number(logits[i]! > 0) === labels[i]) correct++;
  }
  return { loss: loss / labels.length, accuracy: correct / labels.length };
}

/** Loss, right answers and confusion matrix of a two-class model. */
export function evaluate(logits: ArrayLike<number>, labels: ArrayLike<number>): Evaluation {
  const confusion = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < labels.length; i++) confusion[labels[i]!]![Number(logits[i]! > 0)]!++;
  return {
    count: labels.length,
    correct: confusion[0]![0]! + confusion[1]![1]!,
    loss: binaryMetrics(logits, labels).loss,
    confusion,
  };
}
