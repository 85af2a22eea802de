import type * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../network/frozen-network.ts';

/** A weight that training changes. */
export interface Parameter {
  /** As Keras names it: `block_12_expand/kernel`. */
  readonly name: string;
  readonly variable: tf.Variable;
}

/** What a step answers to the gradient of its output. A type, because `tf.tidy` takes no interface. */
export type StepGradients = {
  /** In the order of the step's inputs; empty where nobody asked for them. */
  inputs: tf.Tensor[];
  /** In the order of the step's parameters. */
  parameters: tf.Tensor[];
};

/**
 * One operation of a network that learns, forwards and backwards. `forward` and `backward` run
 * inside `tf.tidy`.
 */
export interface TrainableStep {
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the one that it makes. */
  readonly output: string;
  readonly parameters: readonly Parameter[];
  forward(inputs: readonly tf.Tensor[]): tf.Tensor;
  /**
   * @param output what `forward` made of `inputs`
   * @param dy gradient of the loss to `output`, of its shape
   * @param wantInputs whether something that learns stands before this step
   */
  backward(
    inputs: readonly tf.Tensor[],
    output: tf.Tensor,
    dy: tf.Tensor,
    wantInputs: boolean,
  ): StepGradients;
  /** The step as it is now for inference alone, and the tensors made for that. */
  freeze(): { readonly run: Step['run']; readonly owned: readonly tf.Tensor[] };
}
