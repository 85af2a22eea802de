import * as tf from '@tensorflow/tfjs-core';

/**
 * One operation of a frozen network. A step runs inside `tf.tidy`, so only its result remains.
 */
export interface Step {
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it computes. */
  readonly output: string;
  run(inputs: readonly tf.Tensor[]): tf.Tensor;
}

/**
 * A network for inference only. Every intermediate tensor is disposed after its last use, so the
 * peak memory is that of the largest step and not the sum of all layers.
 */
export class FrozenNetwork {
  readonly #input: string;
  readonly #output: string;
  readonly #steps: readonly Step[];
  readonly #kept: readonly string[];
  readonly #lastUse = new Map<string, number>();
  readonly #dispose: () => void;

  /**
   * @param input name of the input tensor
   * @param output name of the output tensor
   * @param steps in topological order: each step comes after those whose outputs it reads
   * @param dispose disposes the weights that the steps use
   * @param kept names of further tensors that `outputs` returns
   */
  constructor(
    input: string,
    output: string,
    steps: readonly Step[],
    dispose: () => void,
    kept: readonly string[] = [],
  ) {
    this.#input = input;
    this.#output = output;
    this.#steps = steps;
    this.#dispose = dispose;
    this.#kept = kept;
    steps.forEach((step, index) => {
      for (const name of step.inputs) this.#lastUse.set(name, index);
    });
  }

  /** The number of operations in a forward pass. */
  get length(): number {
    return this.#steps.length;
  }

  /**
   * Makes a forward pass.
   *
   * @param input `[batch, size, size, 3]`; the caller disposes it
   * @returns the output tensor, which the caller disposes
   */
  run(input: tf.Tensor): tf.Tensor {
    const [output, ...kept] = this.outputs(input);
    tf.dispose(kept);
    return output;
  }

  /** As `run`, and the kept tensors after the output; the caller disposes all of them. */
  outputs(input: tf.Tensor): [tf.Tensor, ...tf.Tensor[]] {
    const pass = this.pass(input);
    let step = pass.next();
    while (!step.done) step = pass.next();
    return step.value;
  }

  /**
   * As `outputs`, one step at a time, so that the caller can yield to the event loop between steps. A
   * caller that stops early calls `return` of the generator, which disposes the tensors of the pass.
   */
  *pass(input: tf.Tensor): Generator<void, [tf.Tensor, ...tf.Tensor[]]> {
    const tensors = new Map<string, tf.Tensor>([[this.#input, input]]);
    const wanted = [this.#output, ...this.#kept];
    let results: tf.Tensor[] = [];
    try {
      for (const [index, step] of this.#steps.entries()) {
        const inputs = step.inputs.map((name) => tensors.get(name)!);
        const output = tf.tidy(() => step.run(inputs));
        // A dropout or a linear activation returns its input. A clone can be disposed on its own.
        tensors.set(step.output, inputs.includes(output) ? tf.clone(output) : output);
        for (const name of new Set(step.inputs)) {
          const isUsedUp = this.#lastUse.get(name) === index && !wanted.includes(name);
          if (isUsedUp && name !== this.#input) tensors.get(name)?.dispose();
        }
        yield;
      }
      const [output, ...kept] = wanted.map((name) => tensors.get(name)!);
      results = [output!, ...kept];
      return [output!, ...kept];
    } finally {
      for (const tensor of tensors.values()) {
        if (tensor !== input && !results.includes(tensor)) tensor.dispose();
      }
    }
  }

  dispose(): void {
    this.#dispose();
  }
}
