import type { TrainedNetwork } from './trained-network.ts';

/** A dense layer whose softmax is the app's probabilities, one output for each class. */
export interface SoftmaxHead {
  /** `[featureLength + known, classes]`: first the rows of the features, then those of the prior. */
  readonly kernel: Float32Array;
  /** `[classes]` */
  readonly bias: Float32Array;
  readonly featureLength: number;
  /** Number of known classes whose logits it reads behind the features; 0 without a prior. */
  readonly known: number;
  readonly classes: number;
}

/**
 * The head in the form that other programs expect. The temperature divides the weights. A single
 * logit z, the evidence for the second class, becomes two columns 0 and z: their softmax is exactly
 * the sigmoid of z. What a prior adds to the logits is linear in the logits of the known classes, so
 * these are further features.
 */
export function softmaxHead({ head, labels, temperature, prior }: TrainedNetwork): SoftmaxHead {
  const outputs = head.bias.length;
  const classes = labels.length;
  const featureLength = head.kernel.length / outputs;
  const known = prior ? prior.mixture.length / outputs : 0;
  if (
    outputs !== (classes === 2 ? 1 : classes) ||
    !Number.isInteger(featureLength) ||
    !Number.isInteger(known)
  ) {
    throw new RangeError(
      `${head.kernel.length} weights and ${outputs} outputs for ${classes} classes`,
    );
  }
  const skipped = classes - outputs;
  const spread = (...parts: readonly Float32Array[]) => {
    const values = parts.flatMap((part) => [...part]);
    const spreadValues = new Float32Array((values.length / outputs) * classes);
    values.forEach((value, i) => {
      const [row, output] = [Math.floor(i / outputs), i % outputs];
      spreadValues[row * classes + skipped + output] = value / temperature;
    });
    return spreadValues;
  };
  return {
    kernel: spread(head.kernel, ...(prior ? [prior.mixture] : [])),
    bias: spread(head.bias),
    ...{ featureLength, known, classes },
  };
}
