import * as tf from '@tensorflow/tfjs-core';
import { callLayer, type Layer } from '../model-files/layer-graph.ts';
import type { StepGradients, TrainableStep } from './trainable-step.ts';

/**
 * A layer without weights, such as padding or pooling. TensorFlow.js runs its forward pass, in
 * inference mode, and its backward pass, by automatic differentiation.
 */
export class WeightlessStep implements TrainableStep {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly parameters = [];
  readonly #layer: Layer;

  constructor(inputs: readonly string[], layer: Layer) {
    this.inputs = inputs;
    this.output = layer.name;
    this.#layer = layer;
  }

  forward(inputs: readonly tf.Tensor[]): tf.Tensor {
    return callLayer(this.#layer, inputs);
  }

  backward(
    inputs: readonly tf.Tensor[],
    _output: tf.Tensor,
    dy: tf.Tensor,
    wantInputs: boolean,
  ): StepGradients {
    if (!wantInputs) return { inputs: [], parameters: [] };
    if (this.#layer.getClassName() === 'Add')
      return { inputs: inputs.map(() => tf.clone(dy)), parameters: [] };
    // Dropout returns its input in inference mode. `tf.grads` fails without an operation to
    // differentiate.
    if (inputs.includes(this.forward(inputs))) return { inputs: [tf.clone(dy)], parameters: [] };
    const gradients = tf.grads((...xs: tf.Tensor[]) => this.forward(xs));
    return { inputs: gradients([...inputs], dy), parameters: [] };
  }

  freeze(): ReturnType<TrainableStep['freeze']> {
    return { run: (inputs) => this.forward(inputs), owned: [] };
  }
}
