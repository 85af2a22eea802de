/** The last feature map of the base for one picture, `[height, width, channels]`, row by row. */
export interface FeatureMap {
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface ClassActivationMap {
  readonly height: number;
  readonly width: number;
  /**
   * `[height, width]`: what each place adds to the decision, in logits. The mean of all places, plus
   * the bias, is the logit itself (for two classes; for more, the logit above the mean of all).
   */
  readonly evidence: Float32Array;
  /** `[height, width]`, 0 where a place says nothing for the class or speaks against it, 1 at most. */
  readonly heat: Float32Array;
}

/**
 * Class activation map: Zhou et al., "Learning Deep Features for Discriminative Localization" (2016,
 * arXiv:1512.04150). As the head is linear and pooling is a mean, the decision is a mean over the
 * places of the picture, and no gradient and no second pass is needed.
 *
 * One logit speaks for class 1 and, with the sign turned, for class 0. With several, what all
 * classes share is left out, because a softmax does not see it: the weights are those of the class
 * less the mean over the classes.
 *
 * @param kernel `[channels, outputs]`, row by row, as a Dense layer has it; 1 output for two classes
 * @param classIndex 0 or 1 with one output, else below `outputs`
 * @throws RangeError when the sizes do not fit
 */
export function classActivationMap(
  map: FeatureMap,
  kernel: ArrayLike<number>,
  classIndex: number,
): ClassActivationMap {
  const { values, height, width, channels } = map;
  const weights = classWeights(kernel, channels, classIndex);
  const area = height * width;
  if (values.length !== area * channels) {
    throw new RangeError(`${values.length} numbers are no [${height}, ${width}, ${channels}]`);
  }
  const evidence = new Float32Array(area);
  for (let place = 0; place < area; place++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[place * channels + c]! * weights[c]!;
    evidence[place] = sum;
  }
  const most = evidence.reduce((a, b) => Math.max(a, b), 0);
  const heat = evidence.map((value) => (most > 0 ? Math.max(0, value) / most : 0));
  return { height, width, evidence, heat };
}

/** What the channels add to the decision for one class. */
function classWeights(
  kernel: ArrayLike<number>,
  channels: number,
  classIndex: number,
): Float64Array {
  const outputs = kernel.length / channels;
  const classes = Math.max(2, outputs);
  if (!Number.isInteger(outputs) || outputs < 1 || !(classIndex >= 0 && classIndex < classes)) {
    throw new RangeError(
      `No class ${classIndex} in ${kernel.length} weights of ${channels} channels`,
    );
  }
  return Float64Array.from({ length: channels }, (_, c) => {
    if (outputs === 1) return classIndex === 1 ? kernel[c]! : -kernel[c]!;
    let sum = 0;
    for (let o = 0; o < outputs; o++) sum += kernel[c * outputs + o]!;
    return kernel[c * outputs + classIndex]! - sum / outputs;
  });
}
