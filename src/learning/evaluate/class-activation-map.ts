import type { HeatMap } from '../../records/classification.ts';

/** What each place of the last feature map adds to each logit: the map times the head's kernel. */
export interface PlaceLogits {
  /** `[height, width, outputs]`, row by row; 1 output for two classes, else one a class. */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
}

/**
 * What each place adds to the decision for one class, in logits. The mean of all places, plus the
 * bias, is the logit itself (for two classes; for more, the logit above the mean of all).
 *
 * One logit speaks for class 1 and, with the sign turned, for class 0. With several, what all
 * classes share is left out, because a softmax does not see it.
 *
 * @param classIndex 0 or 1 with one output, else below `outputs`
 * @returns `[height, width]`
 * @throws RangeError when the sizes do not fit
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
 * Class activation map: Zhou et al., "Learning Deep Features for Discriminative Localization" (2016,
 * arXiv:1512.04150). As the head is linear and pooling is a mean, the decision is a mean over the
 * places of the picture, and no gradient and no second pass is needed.
 *
 * @returns 0 where a place says nothing for the class or speaks against it, 1 at most
 */
export function classActivationMap(logits: PlaceLogits, classIndex: number): HeatMap {
  const evidence = evidenceFor(logits, classIndex);
  const most = evidence.reduce((a, b) => Math.max(a, b), 0);
  const values = Array.from(evidence, (value) => (most > 0 ? Math.max(0, value) / most : 0));
  return { height: logits.height, width: logits.width, classIndex, values };
}
