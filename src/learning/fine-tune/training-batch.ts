import * as tf from '@tensorflow/tfjs-core';
import type { DenseHead } from '../head/dense-head.ts';
import type { TrainableNetwork } from './trainable-network.ts';

/** Some photos of a batch, and how they are learned from. */
export interface Piece {
  /** Boundary activations, photo behind photo. */
  readonly boundaries: Float32Array;
  /** 0 or 1 each. */
  readonly labels: readonly number[];
  /** Dropout's factors for the features, `photos x featureLength`. */
  readonly mask?: Float32Array | undefined;
  /** Photos in the whole batch: the loss is their mean. */
  readonly batchSize: number;
}

export interface PieceResult {
  /** `[photos]`, from before the step. */
  readonly logits: tf.Tensor1D;
  /** Of the tail's parameters, then the head's kernel and bias; they sum up over a batch's pieces. */
  readonly gradients: readonly tf.Tensor[];
}

/**
 * Forwards and backwards through the tail, the pooling and the head. The gradient of the mean binary
 * cross-entropy from logits is `dz = (sigmoid(z) - y) / batch`; through the head it is
 * `dkernel = x^T dz`, `dx = dz kernel^T`, and global average pooling spreads `dx / (h w)` on each pixel.
 *
 * @returns tensors of the caller's
 */
export function learnPiece(tail: TrainableNetwork, head: DenseHead, piece: Piece): PieceResult {
  return tf.tidy(() => {
    const { boundaries, labels, mask, batchSize } = piece;
    const activations = tail.forward(boundaryTensor(tail, boundaries, labels.length));
    const output = activations.get(tail.output)!;
    const pooled = pool(output);
    const factors = mask && tf.tensor2d(mask, pooled.shape);
    const x = factors ? tf.mul<tf.Tensor2D>(pooled, factors) : pooled;
    const logits = head.logits(x);
    const dz = tf.div(tf.sub(tf.sigmoid(logits), tf.tensor1d([...labels], 'float32')), batchSize);
    const column = tf.reshape(dz, [-1, 1]);
    const dx = tf.matMul(column, head.kernel, false, true);
    const dPooled = factors ? tf.mul(dx, factors) : dx;
    const headGradients = [tf.matMul(x, column, true), tf.reshape(tf.sum(dz), [1])];
    const gradients = tail.backward(activations, unpool(dPooled, output.shape));
    return { logits, gradients: [...gradients, ...headGradients] };
  });
}

/** `[count, ...inputShape]` */
export function boundaryTensor(
  tail: TrainableNetwork,
  boundaries: Float32Array,
  count: number,
): tf.Tensor {
  return tf.tensor(boundaries, [count, ...tail.inputShape]);
}

/** GlobalAveragePooling2D; features stay as they are. */
export function pool(output: tf.Tensor): tf.Tensor2D {
  return output.rank === 4 ? tf.mean<tf.Tensor2D>(output, [1, 2]) : (output as tf.Tensor2D);
}

function unpool(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  if (shape.length !== 4) return tf.clone(gradient);
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const share = tf.div(tf.reshape(gradient, [batch, 1, 1, channels]), height * width);
  return tf.mul(tf.ones([batch, height, width, channels]), share);
}
