import type { PhoneHead } from '../../models/formats/phone/phone-model.ts';
import type { Agreement } from '../../records/phone-model.ts';
import { answerOf, classProbabilities } from '../evaluate/probabilities.ts';

/** What two heads are compared on. */
export interface HeadInputs {
  /** `[count, featureLength]`: mean features over the asked variants, row-major. */
  readonly features: Float32Array;
  /** `[count, outputs]`: the prior's part of the logits; absent without a prior. */
  readonly prior?: Float32Array | undefined;
  /** Divides the logits. */
  readonly temperature: number;
}

/** Compares the answers of two heads of the same form. */
export function compareHeads(
  head: PhoneHead,
  other: PhoneHead,
  { features, prior, temperature }: HeadInputs,
): Omit<Agreement, 'photos'> {
  const outputs = head.bias.length;
  const count = features.length / (head.kernel.length / outputs);
  const [p, q] = [head, other].map((each) => {
    const logits = logitsOf(each, features, count);
    prior?.forEach((value, i) => (logits[i]! += value));
    return classProbabilities(logits, count, temperature);
  }) as [Float64Array, Float64Array];
  const classes = Math.max(2, outputs);
  let same = 0;
  for (let row = 0; row < count; row++) {
    if (answerOf(p, row, classes).answer === answerOf(q, row, classes).answer) same++;
  }
  const difference = p.reduce((largest, value, i) => Math.max(largest, Math.abs(value - q[i]!)), 0);
  return { count, same, difference };
}

/** `features . kernel + bias`: `[count, outputs]`, row-major. */
function logitsOf({ kernel, bias }: PhoneHead, features: Float32Array, count: number) {
  const outputs = bias.length;
  const length = kernel.length / outputs;
  const logits = new Float64Array(count * outputs);
  for (let row = 0; row < count; row++) {
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o]!;
      for (let i = 0; i < length; i++)
        sum += features[row * length + i]! * kernel[i * outputs + o]!;
      logits[row * outputs + o] = sum;
    }
  }
  return logits;
}
