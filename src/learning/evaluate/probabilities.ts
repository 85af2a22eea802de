/**
 * Class probabilities from logits: the sigmoid of a single logit, which is the probability of class
 * 1 of two, or the softmax of several logits.
 *
 * @param logits `[count, outputs]`, row-major; 1 output for two classes, otherwise one per class
 * @param count number of rows
 * @param temperature divides the logits; see `temperature.ts`
 * @returns `[count, classes]`, row-major; each row sums to 1
 * @throws RangeError if the number of logits is not a multiple of `count`
 */
export function classProbabilities(
  logits: ArrayLike<number>,
  count: number,
  temperature = 1,
): Float64Array {
  const outputs = outputsOf(logits, count);
  const classes = Math.max(2, outputs);
  const probabilities = new Float64Array(count * classes);
  for (let row = 0; row < count; row++) {
    const losses = classLosses(logits, row, outputs, temperature);
    losses.forEach((loss, c) => (probabilities[row * classes + c] = Math.exp(-loss)));
  }
  return probabilities;
}

/**
 * Cross-entropy of one row for each class as the true class, in nats: `-log` of the probability.
 * Computed from the logits, so that it stays finite where a probability would round to 0.
 *
 * @param logits `[count, outputs]`, as for `classProbabilities`
 * @param row from 0
 * @param temperature above 0; divides the logits
 * @returns `[classes]`, each 0 or more; two classes for a single output
 */
export function classLosses(
  logits: ArrayLike<number>,
  row: number,
  outputs: number,
  temperature: number,
): number[] {
  const z = Array.from({ length: outputs }, (_, o) => logits[row * outputs + o]! / temperature);
  // The sigmoid of a logit equals the softmax over a constant 0 and the logit.
  if (outputs === 1) z.unshift(0);
  const largest = Math.max(...z);
  const logSum = Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  return z.map((value) => logSum - (value - largest));
}

/**
 * Logits per row, `outputs` of `classProbabilities`.
 *
 * @param count number of rows
 * @returns 1 or more; 1 if there are no rows
 * @throws RangeError if the number of logits is not `count` times 1 or more
 */
export function outputsOf(logits: ArrayLike<number>, count: number): number {
  const outputs = count === 0 ? 1 : logits.length / count;
  if (!Number.isInteger(outputs) || outputs < 1 || (count === 0 && logits.length > 0)) {
    throw new RangeError(`${logits.length} logits are no ${count} rows`);
  }
  return outputs;
}

/**
 * The class with the largest probability in a row, and that probability. If probabilities are
 * equal, the first class wins, as a logit of 0 predicts class 0.
 *
 * @param probabilities `[count, classes]`, row-major
 * @param row from 0
 */
export function answerOf(
  probabilities: ArrayLike<number>,
  row: number,
  classes: number,
): { answer: number; probability: number } {
  let answer = 0;
  for (let c = 1; c < classes; c++) {
    if (probabilities[row * classes + c]! > probabilities[row * classes + answer]!) answer = c;
  }
  return { answer, probability: probabilities[row * classes + answer]! };
}
