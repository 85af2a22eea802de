import type { NetworkPrior } from './trained-network.ts';

/** A dense layer on the pooled features. */
interface KnownDense {
  /** `[featureLength, known]` */
  readonly kernel: Float32Array;
  /** `[known]` */
  readonly bias: Float32Array;
}

/**
 * The known logits of a prior with `mean` pooling from the pooled features: the mean over places
 * and anchors of something linear is linear in their mean.
 */
export function pooledPriorLayer({ kernel, bias, anchors }: NetworkPrior): KnownDense {
  const mean = (values: Float32Array) =>
    Float32Array.from({ length: values.length / anchors }, (_, i) => {
      const own = values.subarray(i * anchors, (i + 1) * anchors);
      return own.reduce((sum, value) => sum + value, 0) / anchors;
    });
  return { kernel: mean(kernel), bias: mean(bias) };
}
