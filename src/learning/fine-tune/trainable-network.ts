import * as tf from '@tensorflow/tfjs-core';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import { FrozenNetwork } from '../network/frozen-network.ts';
import type { Parameter, TrainableStep } from './trainable-step.ts';

/** Every tensor of one forward pass, by layer name: the backward pass needs them. */
type Activations = ReadonlyMap<string, tf.Tensor>;

/**
 * The trainable last part of a network. The forward pass keeps its activations; the backward pass
 * is implemented by each step instead of by automatic differentiation. Batch normalization is in
 * inference mode (Keras's `training=False`), so its moving statistics do not change.
 */
export class TrainableNetwork {
  /** Name of the layer whose output is the input of this network. */
  readonly input: string;
  /** `[height, width, channels]`, without the batch. */
  readonly inputShape: readonly number[];
  /** Name of the output layer. */
  readonly output: string;
  /** In the order of the layers, and within a layer in Keras's order. */
  readonly parameters: readonly Parameter[];
  readonly #steps: readonly TrainableStep[];
  readonly #constants: readonly tf.Tensor[];

  /**
   * @param steps in topological order
   * @param constants the frozen weights; `dispose` disposes them
   */
  constructor(
    input: { readonly name: string; readonly shape: readonly number[] },
    output: string,
    steps: readonly TrainableStep[],
    constants: readonly tf.Tensor[],
  ) {
    this.input = input.name;
    this.inputShape = input.shape;
    this.output = output;
    this.#steps = steps;
    this.#constants = constants;
    this.parameters = steps.flatMap((step) => step.parameters);
  }

  /** Number of trainable parameters, as counted by Keras's `summary()`. */
  get trainableParameters(): number {
    return this.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  }

  /** The frozen weights: moving statistics, and the layers before the first trainable layer. */
  get constants(): readonly tf.Tensor[] {
    return this.#constants;
  }

  /**
   * Runs a forward pass.
   *
   * @param boundary `[batch, ...inputShape]`; the caller disposes it
   * @returns all activations; the caller frees them with `backward` or `release`, and runs in
   *   `tf.tidy`, which disposes those of a pass that throws
   */
  forward(boundary: tf.Tensor): Activations {
    const activations = new Map([[this.input, tf.clone(boundary)]]);
    for (const step of this.#steps) {
      const inputs = step.inputs.map((name) => activations.get(name)!);
      activations.set(
        step.output,
        tf.tidy(() => {
          const output = step.forward(inputs);
          // Dropout returns its input itself; a clone can be disposed separately.
          return inputs.includes(output) ? tf.clone(output) : output;
        }),
      );
    }
    return activations;
  }

  /**
   * Runs a backward pass and disposes the activations.
   *
   * @param dOutput gradient of the loss with respect to the output, of the same shape; it is
   *   disposed
   * @returns the gradient of each parameter, in the order of `parameters`; the caller disposes them
   */
  backward(activations: Activations, dOutput: tf.Tensor): tf.Tensor[] {
    const needsGradient = this.#needsGradient();
    const gradients = new Map([[this.output, dOutput]]);
    const parameters: (readonly tf.Tensor[])[] = [];
    for (const step of [...this.#steps].reverse()) {
      const dy = gradients.get(step.output);
      if (!dy) continue;
      const wantInputs = step.inputs.some((name) => needsGradient.has(name));
      const inputs = step.inputs.map((name) => activations.get(name)!);
      const output = activations.get(step.output)!;
      const computed = tf.tidy(() => step.backward(inputs, output, dy, wantInputs));
      parameters.unshift(computed.parameters);
      gradients.delete(step.output);
      tf.dispose([dy, output]);
      computed.inputs.forEach((gradient, i) => {
        const name = step.inputs[i]!;
        if (!needsGradient.has(name)) gradient.dispose();
        else gradients.set(name, sum(gradients.get(name), gradient));
      });
    }
    this.release(activations);
    return parameters.flat();
  }

  /** Disposes the activations of a forward pass. */
  release(activations: Activations): void {
    tf.dispose([...activations.values()]);
  }

  /**
   * Copies the current state of the network, for inference only; later training does not change it.
   */
  freeze(): FrozenNetwork {
    return disposeIfThrown((keep) => {
      const owned: tf.Tensor[] = [];
      const steps = this.#steps.map((step) => {
        const frozen = step.freeze();
        owned.push(...frozen.owned.map(keep));
        return { inputs: step.inputs, output: step.output, run: frozen.run };
      });
      return new FrozenNetwork(this.input, this.output, steps, () => {
        tf.dispose(owned);
      });
    });
  }

  dispose(): void {
    tf.dispose(this.parameters.map(({ variable }) => variable));
    tf.dispose([...this.#constants]);
  }

  /** Names of the tensors that depend on a parameter; the others need no gradient. */
  #needsGradient(): Set<string> {
    const names = new Set<string>();
    for (const { inputs, output, parameters } of this.#steps) {
      if (parameters.length > 0 || inputs.some((name) => names.has(name))) names.add(output);
    }
    return names;
  }
}

/** Adds the gradients from two steps that read the same tensor; both are disposed. */
function sum(before: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!before) return gradient;
  const total = tf.add(before, gradient);
  tf.dispose([before, gradient]);
  return total;
}
