import { outputsFor } from '../../records/class.ts';
import type { TrainedNetwork } from './trained-network.ts';

/** A dense layer whose softmax is the app's probabilities, one output for each class. */
export interface SoftmaxHead {
  /**
   * `[featureLength + further + known, classes]`: first the rows of the features, then those of the
   * mean of an earlier layer, then those of the prior.
   */
  readonly kernel: Float32Array;
  /** `[classes]` */
  readonly bias: Float32Array;
  readonly featureLength: number;
  /** Numbers of an earlier layer that it reads behind the features; 0 without any. */
  readonly further: number;
  /** Number of known classes whose logits it reads behind those; 0 without a prior. */
  readonly known: number;
  readonly classes: number;
}

/**
 * The head in the form that other programs expect. The temperature divides the weights. A single
 * logit z, the evidence for the second class, becomes two columns 0 and z: their softmax is exactly
 * the sigmoid of z. What a prior adds to the logits is linear in the logits of the known classes, so
 * these are features too. The scale of an earlier layer's mean is a part of its rows.
 */
export function softmaxHead(network: TrainedNetwork): SoftmaxHead {
  const { head, labels, temperature, prior, further } = network;
  const outputs = head.bias.length;
  const classes = labels.length;
  const featureLength = head.kernel.length / outputs - (further?.length ?? 0);
  const known = prior ? prior.mixture.length / outputs : 0;
  if (
    outputs !== outputsFor(classes) ||
    !Number.isInteger(featureLength) ||
    !Number.isInteger(known)
  ) {
    throw new RangeError(
      `${head.kernel.length} weights and ${outputs} outputs for ${classes} classes`,
    );
  }
  const own = head.kernel.subarray(0, featureLength * outputs);
  const more = head.kernel
    .subarray(featureLength * outputs)
    .map((weight) => weight * (further?.scale ?? 1));
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
    kernel: spread(own, more, ...(prior ? [prior.mixture] : [])),
    bias: spread(head.bias),
    ...{ featureLength, further: further?.length ?? 0, known, classes },
  };
}
