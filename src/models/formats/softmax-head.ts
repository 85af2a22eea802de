import type { TrainedNetwork } from './trained-network.ts';

/** A dense layer whose softmax is the app's probabilities, one output for each class. */
export interface SoftmaxHead {
  /** `[featureLength, classes]` */
  readonly kernel: Float32Array;
  /** `[classes]` */
  readonly bias: Float32Array;
  readonly featureLength: number;
  readonly classes: number;
}

/**
 * The head in the form that other programs expect. The temperature divides the weights. A single
 * logit z, the evidence for the second class, becomes two columns 0 and z: their softmax is exactly
 * the sigmoid of z.
 */
export function softmaxHead({
  head,
  labels,
  temperature,
}: Pick<TrainedNetwork, 'head' | 'labels' | 'temperature'>): SoftmaxHead {
  const outputs = head.bias.length;
  const classes = labels.length;
  const featureLength = head.kernel.length / outputs;
  if (outputs !== (classes === 2 ? 1 : classes) || !Number.isInteger(featureLength)) {
    throw new RangeError(
      `${head.kernel.length} weights and ${outputs} outputs for ${classes} classes`,
    );
  }
  const skipped = classes - outputs;
  const spread = (values: Float32Array) => {
    const rows = values.length / outputs;
    const spreadValues = new Float32Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++) {
        spreadValues[row * classes + skipped + output] =
          values[row * outputs + output]! / temperature;
      }
    }
    return spreadValues;
  };
  return { kernel: spread(head.kernel), bias: spread(head.bias), featureLength, classes };
}
