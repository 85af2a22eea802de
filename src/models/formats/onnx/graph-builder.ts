import { UnsupportedLayerError } from '../unsupported-layer.ts';
import type { OnnxNode, OnnxTensor } from './onnx-model.ts';

interface Slice {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps: readonly number[];
}

/** Collects nodes and constants. Shapes are those of operations: channels last, without the batch. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  readonly #shapes: Map<string, readonly number[]>;

  constructor(shapes: Map<string, readonly number[]>) {
    this.#shapes = shapes;
  }

  add(
    type: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
  ): void {
    this.nodes.push({ type, inputs, outputs, attributes });
  }

  setShape(name: string, shape: readonly number[]): void {
    this.#shapes.set(name, shape);
  }

  shapeOf(name: string): readonly number[] {
    return this.#shapes.get(name)!;
  }

  /** @returns the name */
  floats(name: string, shape: readonly number[], values: Float32Array): string {
    this.tensors.push({ name, shape, values });
    return name;
  }

  /** @returns the name */
  integers(name: string, values: readonly number[]): string {
    this.tensors.push({ name, shape: [values.length], values: BigInt64Array.from(values, BigInt) });
    return name;
  }

  /** A constant number, which is stored once. @returns its name */
  scalar(value: number): string {
    const name = `constant/${value}`;
    if (!this.tensors.some((tensor) => tensor.name === name)) {
      this.floats(name, [], Float32Array.of(value));
    }
    return name;
  }

  /** Numbers for each channel of a tensor of this shape. @returns the name */
  perChannel(name: string, values: Float32Array, shape: readonly number[]): string {
    return this.floats(name, shape.length === 3 ? [values.length, 1, 1] : [values.length], values);
  }

  slice(x: string, output: string, { starts, ends, axes, steps }: Slice): void {
    const parts = Object.entries({ starts, ends, axes, steps });
    const names = parts.map(([part, values]) => this.integers(`${output}/${part}`, values));
    this.add('Slice', [x, ...names], [output]);
  }

  /** Applies an operation of two tensors to several. */
  chain(type: string, inputs: readonly string[], output: string): void {
    let left = inputs[0]!;
    inputs.slice(1).forEach((right, i) => {
      const to = i === inputs.length - 2 ? output : `${output}/${i}`;
      this.add(type, [left, right], [to]);
      left = to;
    });
  }

  /** A vector and a picture have their channels on different axes here. */
  expectEqualRanks(inputs: readonly string[], kind: string): void {
    const ranks = new Set(inputs.map((name) => this.shapeOf(name).length));
    if (ranks.size > 1) throw new UnsupportedLayerError(kind);
  }

  /** The tensor with the channels last, as operations have it. @returns its name */
  channelsLast(x: string): string {
    if (this.shapeOf(x).length !== 3) return x;
    const name = `${x}/channels_last_${this.nodes.length}`;
    this.add('Transpose', [x], [name], { perm: [0, 2, 3, 1] });
    return name;
  }

  /** Turns a tensor that has the channels last; one with another rank keeps its name. */
  channelsFirst(x: string, output: string): void {
    if (x !== output) this.add('Transpose', [x], [output], { perm: [0, 3, 1, 2] });
  }
}
