import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { KnownReadout } from '../network/readout.ts';

/**
 * The logits of classes that a base knows, from its last feature map: a 1x1 convolution, then one
 * number per class (see `KnownClasses.pooling`). Call `dispose` to free its two tensors.
 */
export class KnownClassPredictor {
  /** Number of classes. */
  readonly classes: number;
  /** `[featureLength, classes * anchors]` */
  readonly kernel: tf.Tensor2D;
  /** `[classes * anchors]` */
  readonly bias: tf.Tensor1D;
  readonly #shape: Pick<KnownReadout, 'anchors' | 'pooling'>;

  constructor({ kernel, bias, ...shape }: KnownReadout) {
    this.#shape = shape;
    this.classes = bias.length / shape.anchors;
    [this.kernel, this.bias] = disposeIfThrown((keep) => [
      keep(tf.tensor2d(kernel, [kernel.length / bias.length, bias.length])),
      tf.tensor1d(bias),
    ]);
  }

  /**
   * The logit of each class for each picture.
   *
   * @param map the base's last feature map, `[batch, h, w, featureLength]` or `[batch,
   *   featureLength]`
   * @returns `[batch, classes]`; the caller disposes it
   */
  logits(map: tf.Tensor): tf.Tensor2D {
    return tf.tidy(() => {
      const outputs = this.#anchorLogits(map);
      return this.#shape.pooling === 'mean'
        ? tf.mean<tf.Tensor2D>(outputs, [1, 3])
        : tf.logSumExp<tf.Tensor2D>(outputs, [1, 3]);
    });
  }

  /**
   * The gradient with respect to the map. That of a log-sum-exp is the softmax of its arguments,
   * that of a mean is the same for all of them.
   *
   * @param dLogits gradient with respect to `logits`, `[batch, classes]`
   * @returns as the map; the caller disposes it
   */
  mapGradient(map: tf.Tensor, dLogits: tf.Tensor2D): tf.Tensor {
    return tf.tidy(() => {
      const outputs = this.#anchorLogits(map);
      const [batch, places, classes, anchors] = outputs.shape;
      const derivatives =
        this.#shape.pooling === 'mean'
          ? tf.fill(outputs.shape, 1 / (places * anchors))
          : tf.exp(tf.sub(outputs, tf.logSumExp(outputs, [1, 3], true)));
      const dOutputs = tf.mul(derivatives, tf.reshape(dLogits, [batch, 1, classes, 1]));
      const rows = tf.reshape<tf.Rank.R2>(dOutputs, [batch * places, classes * anchors]);
      return tf.reshape(tf.matMul(rows, this.kernel, false, true), map.shape);
    });
  }

  /** The logit of each class at each anchor of each place, `[batch, places, classes, anchors]`. */
  #anchorLogits(map: tf.Tensor): tf.Tensor4D {
    return tf.tidy(() => {
      const rows = tf.reshape<tf.Rank.R2>(map, [-1, map.shape.at(-1)!]);
      const outputs = tf.add(tf.matMul(rows, this.kernel), this.bias);
      return tf.reshape(outputs, [map.shape[0], -1, this.classes, this.#shape.anchors]);
    });
  }

  dispose(): void {
    tf.dispose([this.kernel, this.bias]);
  }
}
