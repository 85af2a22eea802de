import type { Evaluation } from '../../records/model.ts';
import { expectedCalibrationError, reliability } from './calibration-error.ts';
import { mistakes, outcomes } from './mistakes.ts';
import { classLosses, classProbabilities, outputsOf } from './probabilities.ts';

/** Largest number of mistakes stored with a model: a bad model makes too many to store or show. */
const MAX_MISTAKES = 24;

/**
 * Mean cross-entropy in nats and accuracy (0 to 1) from logits, like Keras's losses with
 * `from_logits=True`. A single logit above 0 predicts class 1 (BinaryAccuracy with threshold 0).
 *
 * @param logits `[labels.length, outputs]`; 1 output for two classes, otherwise one per class
 * @param labels class index of each row
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
 * Evaluates a model on photos that it was not trained on.
 *
 * @param logits `[photos.length, outputs]`
 * @param photos the id and class index of each photo
 * @param classes number of classes
 * @param temperature divides the logits; see `temperature.ts`
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
    mistakes: mistakes(answers, MAX_MISTAKES),
    outcomes: answers,
  };
}
