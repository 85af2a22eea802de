import type { Kind, Operation } from './operation.ts';

/** Operations, and the shapes of the tensors that they compute. */
export class OperationList {
  readonly operations: Operation[] = [];
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #aliases = new Map<string, string>();

  constructor(input: string, shape: readonly number[]) {
    this.#shapes.set(input, shape);
  }

  /** @returns the name of the output */
  add(inputs: readonly string[], output: string, shape: readonly number[], kind: Kind): string {
    const read = inputs.map((name) => this.#aliases.get(name) ?? name);
    this.operations.push({ ...kind, inputs: read, output, shape });
    this.#shapes.set(output, shape);
    return output;
  }

  /** Gives a tensor a second name. */
  alias(name: string, of: string): void {
    this.#aliases.set(name, this.#aliases.get(of) ?? of);
  }

  shapeOf(name: string): readonly number[] {
    const shape = this.#shapes.get(this.#aliases.get(name) ?? name);
    if (!shape) throw new Error(`No operation computes ${name}`);
    return shape;
  }
}
