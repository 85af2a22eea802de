import * as tf from '@tensorflow/tfjs-core';
import type { KnownBoxes } from '../../records/known-classes.ts';
import type { KnownClassPredictor } from './known-class-predictor.ts';
import { pointwise, readPointwise } from './pointwise-weights.ts';

/** Numbers that tell a box apart from its anchor. */
export const COORDINATES = 4;

/** Numbers per anchor in `BoxPredictor.outputs`. */
export const BOX_OUTPUTS = COORDINATES + 1;

/**
 * Where the classes are that a base knows, from its last feature map: a 1x1 convolution with 4
 * outputs for each anchor (see `KnownBoxes`). Call `dispose` to free its two tensors.
 */
export class BoxPredictor {
  readonly spec: KnownBoxes;
  /** `[featureLength, 4 * anchors]` and `[4 * anchors]` */
  readonly weights: ReturnType<typeof readPointwise>;

  private constructor(spec: KnownBoxes, weights: ReturnType<typeof readPointwise>) {
    this.spec = spec;
    this.weights = weights;
  }

  /**
   * Reads `KnownBoxes.file`.
   *
   * @throws RangeError if it has another length
   */
  static fromFile(spec: KnownBoxes, featureLength: number, bytes: ArrayBuffer): BoxPredictor {
    const outputs = COORDINATES * spec.anchors.length;
    return new BoxPredictor(spec, readPointwise(bytes, outputs, featureLength));
  }

  /**
   * How each box differs from its anchor.
   *
   * @param map the base's last feature map, `[batch, h, w, featureLength]`
   * @returns `[batch, places, anchors, 4]`; the caller disposes it
   */
  encodings(map: tf.Tensor): tf.Tensor4D {
    return tf.tidy(() => {
      const rows = pointwise(map, this.weights);
      return tf.reshape(rows, [map.shape[0], -1, this.spec.anchors.length, COORDINATES]);
    });
  }

  /**
   * Boxes and how likely one of some classes is in them.
   *
   * @param map as for `encodings`
   * @param known predicts the classes at the same anchors
   * @param classes indices of known classes, at least one
   * @returns `[batch, places, anchors, BOX_OUTPUTS]`: the encodings, then the largest logit of the
   *   classes; the caller disposes it
   */
  outputs(map: tf.Tensor, known: KnownClassPredictor, classes: readonly number[]): tf.Tensor4D {
    return tf.tidy(() => {
      const chosen = tf.gather(known.anchorLogits(map), tf.tensor1d([...classes], 'int32'), 2);
      const logits = tf.expandDims<tf.Tensor4D>(tf.max(chosen, 2), 3);
      return tf.concat<tf.Tensor4D>([this.encodings(map), logits], 3);
    });
  }

  dispose(): void {
    tf.dispose([this.weights.kernel, this.weights.bias]);
  }
}
