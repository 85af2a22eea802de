import * as tf from '@tensorflow/tfjs-core';

/**
 * One operation of a frozen network: names of the tensors that it reads and of the one it makes.
 * A step runs inside `tf.tidy`, so it leaves nothing behind but its result.
 */
export interface Step {
  readonly inputs: readonly string[];
  readonly output: string;
  run(inputs: readonly tf.Tensor[]): tf.Tensor;
}

/**
 * A network that only infers: steps in an order in which each finds its inputs, and the weights
 * that they hold. Every intermediate tensor is released after its last use, so that the memory
 * taken is that of the widest place of the network and not the sum of all its layers.
 */
export class FrozenNetwork {
  readonly #input: string;
  readonly #output: string;
  readonly #steps: readonly Step[];
  readonly #lastUse = new Map<string, number>();
  readonly #dispose: () => void;

  constructor(input: string, output: string, steps: readonly Step[], dispose: () => void) {
    this.#input = input;
    this.#output = output;
    this.#steps = steps;
    this.#dispose = dispose;
    steps.forEach((step, index) => {
      for (const name of step.inputs) this.#lastUse.set(name, index);
    });
  }

  /** Operations in a forward pass. */
  get length(): number {
    return this.#steps.length;
  }

  /**
   * A forward pass.
   *
   * @param input `[batch, size, size, 3]`; stays the caller's
   * @returns the output tensor, which is the caller's
   */
  run(input: tf.Tensor): tf.Tensor {
    const pass = this.pass(input);
    let step = pass.next();
    while (!step.done) step = pass.next();
    return step.value;
  }

  /** The same a step at a time, so that others get a turn in between. */
  *pass(input: tf.Tensor): Generator<void, tf.Tensor> {
    const tensors = new Map<string, tf.Tensor>([[this.#input, input]]);
    for (const [index, step] of this.#steps.entries()) {
      const inputs = step.inputs.map((name) => tensors.get(name)!);
      const output = tf.tidy(() => step.run(inputs));
      // A dropout, or a linear activation, gives back what it got; that is released on its own.
      tensors.set(step.output, inputs.includes(output) ? tf.clone(output) : output);
      for (const name of new Set(step.inputs)) {
        const over = this.#lastUse.get(name) === index && name !== this.#output;
        if (over && name !== this.#input) tensors.get(name)?.dispose();
      }
      yield;
    }
    return tensors.get(this.#output)!;
  }

  dispose(): void {
    this.#dispose();
  }
}
