import * as tf from '@tensorflow/tfjs-core';
import { callLayer, type Layer } from '../model-files/layer-graph.ts';
import type { StepGradients, TrainableStep } from './trainable-step.ts';

/**
 * A layer without weights, such as a padding or a pooling: forwards as TensorFlow.js runs it in
 * inference mode, backwards by its own automatic differentiation.
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
    // A dropout in inference mode is no operation, which automatic differentiation does not know.
    if (inputs.includes(this.forward(inputs))) return { inputs: [tf.clone(dy)], parameters: [] };
    const gradients = tf.grads((...xs: tf.Tensor[]) => this.forward(xs));
    return { inputs: gradients([...inputs], dy), parameters: [] };
  }

  freeze(): ReturnType<TrainableStep['freeze']> {
    return { run: (inputs) => this.forward(inputs), owned: [] };
  }
}
