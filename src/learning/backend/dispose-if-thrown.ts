import * as tf from '@tensorflow/tfjs-core';

/** Marks a tensor, and returns it. */
export type Keep = <Made extends tf.Tensor>(tensor: Made) => Made;

/**
 * Makes several tensors that stay beyond `tf.tidy`, such as the variables of a model. If `make`
 * throws, for example because the memory of the backend is full, the tensors that it has marked are
 * disposed.
 *
 * @param make marks each tensor with `keep` as soon as it is made
 */
export function disposeIfThrown<Result>(make: (keep: Keep) => Result): Result {
  const kept: tf.Tensor[] = [];
  try {
    return make((tensor) => {
      kept.push(tensor);
      return tensor;
    });
  } catch (thrown) {
    tf.dispose(kept);
    throw thrown;
  }
}
