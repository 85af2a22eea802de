/**
 * Probabilities of a head's answers: the logistic function of one logit, which speaks for class 1 of
 * two, or the softmax of several.
 *
 * @param logits `[count, outputs]`, row behind row; 1 output for two classes, else one a class
 * @param count rows
 * @param temperature divides the logits; see `temperature.ts`
 * @returns `[count, classes]`, row behind row, each row summing to 1
 * @throws RangeError when the logits are no whole number of rows
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
 * Cross-entropy of one row with each class as the truth, in nats: `-log` of its probability, from
 * the logits and so without the infinities of a probability that was rounded to 0.
 */
export function classLosses(
  logits: ArrayLike<number>,
  row: number,
  outputs: number,
  temperature: number,
): number[] {
  const z = Array.from({ length: outputs }, (_, o) => logits[row * outputs + o]! / temperature);
  // One logit is a softmax over itself and a constant 0.
  if (outputs === 1) z.unshift(0);
  const largest = Math.max(...z);
  const logSum = Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  return z.map((value) => logSum - (value - largest));
}

/** Numbers in a row of logits. */
export function outputsOf(logits: ArrayLike<number>, count: number): number {
  const outputs = count === 0 ? 1 : logits.length / count;
  if (!Number.isInteger(outputs) || outputs < 1 || (count === 0 && logits.length > 0)) {
    throw new RangeError(`${logits.length} logits are no ${count} rows`);
  }
  return outputs;
}

/** Class with the largest probability in a row; the first of equals, as a logit of 0 answers 0. */
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
