import type { Evaluation } from '../../records/model.ts';
import { expectedCalibrationError, reliability } from './calibration-error.ts';
import { mistakes, outcomes } from './mistakes.ts';
import { classLosses, classProbabilities, outputsOf } from './probabilities.ts';

/** Mistakes that are worth a look, and the store; a model that is mostly wrong has too many. */
const MOST_MISTAKES = 24;

/**
 * Mean cross-entropy in nats and share of right answers, from logits, as Keras's losses
 * `from_logits=True`; one logit above 0 answers class 1 (BinaryAccuracy with threshold 0).
 *
 * @param logits `[labels.length, outputs]`; 1 output for two classes, else one a class
 * @param labels index of each row's class
 */
export function classMetrics(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
): { loss: number; accuracy: number } {
  const outputs = outputsOf(logits, labels.length);
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const losses = classLosses(logits, row, outputs, 1);
    loss += losses[labels[row]!]!;
    correct += Number(losses.indexOf(Math.min(...losses)) === labels[row]);
  }
  return { loss: loss / labels.length, accuracy: correct / labels.length };
}

/**
 * What a model does on photos that it has not learned from.
 *
 * @param logits `[photos, outputs]`
 * @param photos the id and the class's index of each
 * @param classes how many there are
 */
export function evaluate(
  logits: ArrayLike<number>,
  photos: readonly { readonly id: string; readonly label: number }[],
  classes: number,
  temperature: number,
): Evaluation {
  const count = photos.length;
  const labels = photos.map(({ label }) => label);
  const probabilities = classProbabilities(logits, count, temperature);
  const outputs = outputsOf(logits, count);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const ids = photos.map(({ id }) => id);
  const answers = outcomes(ids, labels, probabilities);
  let loss = 0;
  labels.forEach((label, row) => {
    confusion[label]![answers[row]!.answer]!++;
    loss += classLosses(logits, row, outputs, temperature)[label]!;
  });
  const bins = reliability(probabilities, labels);
  return {
    count,
    correct: confusion.reduce((sum, row, c) => sum + row[c]!, 0),
    loss: loss / count,
    confusion,
    reliability: bins,
    calibrationError: expectedCalibrationError(bins),
    mistakes: mistakes(answers, MOST_MISTAKES),
    outcomes: answers,
  };
}
