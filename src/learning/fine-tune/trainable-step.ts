import type * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../network/frozen-network.ts';

/** A trainable weight. */
export interface Parameter {
  /** Keras's name, such as `block_12_expand/kernel`. */
  readonly name: string;
  readonly variable: tf.Variable;
}

/** The result of a step's backward pass. A type, because `tf.tidy` does not accept an interface. */
export type StepGradients = {
  /** In the order of the step's inputs; empty unless `wantInputs`. */
  inputs: tf.Tensor[];
  /** In the order of the step's parameters. */
  parameters: tf.Tensor[];
};

/**
 * One operation of a trainable network, with its forward and its backward pass. The caller runs
 * `forward` and `backward` inside `tf.tidy`.
 */
export interface TrainableStep {
  /** Names of the input tensors. */
  readonly inputs: readonly string[];
  /** Name of the output tensor. */
  readonly output: string;
  readonly parameters: readonly Parameter[];
  forward(inputs: readonly tf.Tensor[]): tf.Tensor;
  /**
   * Computes the gradients of the loss.
   *
   * @param output what `forward` returned for `inputs`
   * @param dy gradient of the loss with respect to `output`, of the same shape
   * @param wantInputs whether an earlier step needs the gradients of the inputs
   */
  backward(
    inputs: readonly tf.Tensor[],
    output: tf.Tensor,
    dy: tf.Tensor,
    wantInputs: boolean,
  ): StepGradients;
  /** A copy of the step's current state, for inference only, and the tensors that the copy owns. */
  freeze(): { readonly run: Step['run']; readonly owned: readonly tf.Tensor[] };
}
