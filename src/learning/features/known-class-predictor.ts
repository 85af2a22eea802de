import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { KnownClasses } from '../../records/known-classes.ts';
import { pointwise, readPointwise } from './pointwise-weights.ts';

/** The shape of a predictor, without its weights. */
export type PredictorShape = Pick<KnownClasses, 'anchors' | 'pooling'>;

/**
 * The logits of classes that a base knows, from its last feature map: a 1x1 convolution, then one
 * number per class (see `KnownClasses.pooling`). Call `dispose` to free its two tensors.
 */
export class KnownClassPredictor {
  /** Number of classes. */
  readonly classes: number;
  readonly shape: PredictorShape;
  /** `[featureLength, classes * anchors]` */
  readonly kernel: tf.Tensor2D;
  /** `[classes * anchors]` */
  readonly bias: tf.Tensor1D;

  /**
   * @param kernel `[featureLength, classes * anchors]`; the predictor owns it from now on
   * @param bias `[classes * anchors]`; the predictor owns it from now on
   */
  constructor(kernel: tf.Tensor2D, bias: tf.Tensor1D, { anchors, pooling }: PredictorShape) {
    this.kernel = kernel;
    this.bias = bias;
    this.shape = { anchors, pooling };
    this.classes = bias.size / anchors;
  }

  /**
   * Reads the file of a base's known classes.
   *
   * @throws RangeError if it has another length
   */
  static fromFile(
    { anchors, pooling, classes }: Pick<KnownClasses, 'anchors' | 'pooling' | 'classes'>,
    featureLength: number,
    bytes: ArrayBuffer,
  ): KnownClassPredictor {
    const { kernel, bias } = readPointwise(bytes, classes.length * anchors, featureLength);
    return new KnownClassPredictor(kernel, bias, { anchors, pooling });
  }

  /** A predictor of some of the classes, in the order given; the caller disposes it. */
  of(indices: readonly number[]): KnownClassPredictor {
    const { anchors } = this.shape;
    const outputs = indices.flatMap((index) =>
      Array.from({ length: anchors }, (_, anchor) => index * anchors + anchor),
    );
    const [kernel, bias] = tf.tidy(() => {
      const chosen = tf.tensor1d(outputs, 'int32');
      return [tf.gather(this.kernel, chosen, 1), tf.gather(this.bias, chosen)];
    });
    return new KnownClassPredictor(kernel, bias, this.shape);
  }

  /** A predictor of all of the classes, with tensors of its own; the caller disposes it. */
  copy(): KnownClassPredictor {
    return disposeIfThrown((keep) => {
      const [kernel, bias] = [keep(tf.clone(this.kernel)), tf.clone(this.bias)];
      return new KnownClassPredictor(kernel, bias, this.shape);
    });
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
      const outputs = this.anchorLogits(map);
      return this.shape.pooling === 'mean'
        ? tf.mean<tf.Tensor2D>(outputs, [1, 3])
        : tf.logSumExp<tf.Tensor2D>(outputs, [1, 3]);
    });
  }

  /**
   * The logit of each class at each place of the map, over its anchors.
   *
   * @returns `[batch, places, classes]`; the caller disposes it
   */
  placeLogits(map: tf.Tensor): tf.Tensor3D {
    return tf.tidy(() => {
      const outputs = this.anchorLogits(map);
      return this.shape.pooling === 'mean'
        ? tf.mean<tf.Tensor3D>(outputs, 3)
        : tf.logSumExp<tf.Tensor3D>(outputs, 3);
    });
  }

  /**
   * The logit of each class at each anchor of each place of the map: the convolution alone.
   *
   * @returns `[batch, places, classes, anchors]`; the caller disposes it
   */
  anchorLogits(map: tf.Tensor): tf.Tensor4D {
    return tf.tidy(() =>
      tf.reshape(pointwise(map, this), [map.shape[0], -1, this.classes, this.shape.anchors]),
    );
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
      const outputs = this.anchorLogits(map);
      const [batch, places, classes, anchors] = outputs.shape;
      const shares =
        this.shape.pooling === 'mean'
          ? tf.fill(outputs.shape, 1 / (places * anchors))
          : tf.exp(tf.sub(outputs, tf.logSumExp(outputs, [1, 3], true)));
      const dOutputs = tf.mul(shares, tf.reshape(dLogits, [batch, 1, classes, 1]));
      const rows = tf.reshape<tf.Rank.R2>(dOutputs, [batch * places, classes * anchors]);
      return tf.reshape(tf.matMul(rows, this.kernel, false, true), map.shape);
    });
  }

  dispose(): void {
    tf.dispose([this.kernel, this.bias]);
  }
}
