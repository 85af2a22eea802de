import type { HeatMap } from '../../records/classification.ts';

/**
 * The contribution of each spatial position ("place") of the last feature map to each logit: the
 * feature map times the head's kernel.
 */
export interface PlaceLogits {
  /** `[height, width, outputs]`, row-major; 1 output for two classes, otherwise one per class. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
}

/**
 * The contribution of each place to the decision for one class, in logits. The mean over all
 * places, plus the bias, is the logit of the class (for more than two classes: the logit minus the
 * mean of all logits).
 *
 * A single logit is the evidence for class 1 and, with the opposite sign, for class 0. With several
 * logits, their mean is subtracted, because a softmax ignores what all classes have in common.
 *
 * @param classIndex 0 or 1 with one output, otherwise below `outputs`
 * @returns `[height, width]`, row-major
 * @throws RangeError if the sizes do not match or there is no such class
 */
export function evidenceFor(
  { values, height, width }: PlaceLogits,
  classIndex: number,
): Float32Array {
  const places = height * width;
  const outputs = values.length / places;
  const classes = Math.max(2, outputs);
  if (!Number.isInteger(outputs) || outputs < 1 || !(classIndex >= 0 && classIndex < classes)) {
    throw new RangeError(`No class ${classIndex} in ${values.length} logits of ${places} places`);
  }
  return Float32Array.from({ length: places }, (_, place) => {
    const row = place * outputs;
    if (outputs === 1) return classIndex === 1 ? values[row]! : -values[row]!;
    let sum = 0;
    for (let o = 0; o < outputs; o++) sum += values[row + o]!;
    return values[row + classIndex]! - sum / outputs;
  });
}

/**
 * Class activation map: Zhou et al., "Learning Deep Features for Discriminative Localization"
 * (2016, arXiv:1512.04150). The head is linear and the pooling is a mean, so the logit is a mean
 * over the places of the picture: the map needs no gradient and no second forward pass.
 *
 * @returns values scaled to a maximum of 1; 0 where a place has no evidence for the class, or
 *   evidence against it
 */
export function classActivationMap(logits: PlaceLogits, classIndex: number): HeatMap {
  const evidence = evidenceFor(logits, classIndex);
  const most = evidence.reduce((a, b) => Math.max(a, b), 0);
  const values = Array.from(evidence, (value) => (most > 0 ? Math.max(0, value) / most : 0));
  return { height: logits.height, width: logits.width, classIndex, values };
}
