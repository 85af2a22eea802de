import * as tf from '@tensorflow/tfjs-core';
import { FrozenNetwork } from '../network/frozen-network.ts';
import type { Parameter, TrainableStep } from './trainable-step.ts';

/** Every tensor of one pass forwards, by name: what the pass backwards needs. */
type Activations = ReadonlyMap<string, tf.Tensor>;

/**
 * The last part of a network, which learns: forwards keeping its activations, and backwards written
 * out step by step. Batch normalisation is in inference mode (Keras's `training=False`): its moving
 * statistics stay as they are.
 */
export class TrainableNetwork {
  /** Name of the layer whose output it reads. */
  readonly input: string;
  /** Without the batch: `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  readonly output: string;
  /** In the order of the layers, and within a layer in Keras's. */
  readonly parameters: readonly Parameter[];
  readonly #steps: readonly TrainableStep[];
  readonly #constants: readonly tf.Tensor[];

  /** @param constants the weights that do not learn; they are freed with the network */
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

  /** Numbers that learn, as Keras's `summary()` counts them. */
  get trainableParameters(): number {
    return this.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  }

  /** The weights that do not learn: moving statistics, and layers before the first that learns. */
  get constants(): readonly tf.Tensor[] {
    return this.#constants;
  }

  /**
   * A pass forwards.
   *
   * @param boundary `[batch, ...inputShape]`; stays the caller's
   * @returns all activations, the caller's to free through `backward` or `release`
   */
  forward(boundary: tf.Tensor): Activations {
    const activations = new Map([[this.input, tf.clone(boundary)]]);
    for (const step of this.#steps) {
      const inputs = step.inputs.map((name) => activations.get(name)!);
      activations.set(
        step.output,
        tf.tidy(() => {
          const output = step.forward(inputs);
          // A dropout gives back what it read: a tensor of its own, that can be freed on its own.
          return inputs.includes(output) ? tf.clone(output) : output;
        }),
      );
    }
    return activations;
  }

  /**
   * A pass backwards, which frees the activations as it goes.
   *
   * @param dOutput gradient of the loss to the output, of its shape; it is freed
   * @returns the gradient of each parameter in the order of `parameters`, the caller's
   */
  backward(activations: Activations, dOutput: tf.Tensor): tf.Tensor[] {
    const learning = this.#learning();
    const gradients = new Map([[this.output, dOutput]]);
    const parameters: (readonly tf.Tensor[])[] = [];
    for (const step of [...this.#steps].reverse()) {
      const dy = gradients.get(step.output);
      if (!dy) continue;
      const wantInputs = step.inputs.some((name) => learning.has(name));
      const inputs = step.inputs.map((name) => activations.get(name)!);
      const output = activations.get(step.output)!;
      const answer = tf.tidy(() => step.backward(inputs, output, dy, wantInputs));
      parameters.unshift(answer.parameters);
      gradients.delete(step.output);
      tf.dispose([dy, output]);
      answer.inputs.forEach((gradient, i) => {
        const name = step.inputs[i]!;
        if (!learning.has(name)) gradient.dispose();
        else gradients.set(name, sum(gradients.get(name), gradient));
      });
    }
    this.release(activations);
    return parameters.flat();
  }

  release(activations: Activations): void {
    tf.dispose([...activations.values()]);
  }

  /** The network as it is now, for inference alone: a copy, which later training does not change. */
  freeze(): FrozenNetwork {
    const frozen = this.#steps.map((step) => ({ step, ...step.freeze() }));
    const steps = frozen.map(({ step: { inputs, output }, run }) => ({ inputs, output, run }));
    return new FrozenNetwork(this.input, this.output, steps, () => {
      tf.dispose(frozen.flatMap(({ owned }) => [...owned]));
    });
  }

  dispose(): void {
    tf.dispose(this.parameters.map(({ variable }) => variable));
    tf.dispose([...this.#constants]);
  }

  /** Names of the tensors that depend on a parameter: the others need no gradient. */
  #learning(): Set<string> {
    const learning = new Set<string>();
    for (const { inputs, output, parameters } of this.#steps) {
      if (parameters.length > 0 || inputs.some((name) => learning.has(name))) learning.add(output);
    }
    return learning;
  }
}

/** The sum of the gradients of two readers; both are freed. */
function sum(before: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!before) return gradient;
  const total = tf.add(before, gradient);
  tf.dispose([before, gradient]);
  return total;
}
