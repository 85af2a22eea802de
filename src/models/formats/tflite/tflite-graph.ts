import { toFloat16 } from '../../../platform/float16.ts';
import { TYPE, type OperatorName, type OptionsName } from './schema.ts';

/** A tensor of a TFLite file. */
export interface LiteTensor {
  readonly name: string;
  /** With the batch. */
  readonly shape: readonly number[];
  readonly type: (typeof TYPE)[keyof typeof TYPE];
  /** The bytes of a constant. */
  readonly data?: Uint8Array;
}

export interface LiteOperator {
  readonly operator: OperatorName;
  /** Indices of tensors. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options?: { readonly name: OptionsName; readonly values: readonly number[] };
}

/** A graph of one picture or, in between, of a picture and its mirror image. */
export class LiteGraph {
  readonly tensors: LiteTensor[] = [];
  readonly operators: LiteOperator[] = [];
  readonly #indices = new Map<string, number>();

  /** @returns the index of the tensor */
  tensor(name: string, shape: readonly number[]): number {
    return this.#push({ name, shape, type: TYPE.float32 });
  }

  indexOf(name: string): number {
    return this.#indices.get(name)!;
  }

  shapeOf(name: string): readonly number[] {
    return this.tensors[this.indexOf(name)]!.shape;
  }

  /** A constant in float32. @returns the index of the tensor */
  floats(name: string, shape: readonly number[], values: Float32Array): number {
    const data = new Uint8Array(values.slice().buffer);
    return this.#push({ name, shape, type: TYPE.float32, data });
  }

  /**
   * A constant that is stored as float16. Runtimes convert it when they load the model.
   *
   * @returns the index of the converted tensor
   */
  halves(name: string, shape: readonly number[], values: Float32Array): number {
    const data = new Uint8Array(toFloat16(values).buffer);
    const stored = this.#push({ name: `${name}/float16`, shape, type: TYPE.float16, data });
    const converted = this.tensor(name, shape);
    this.operators.push({ operator: 'DEQUANTIZE', inputs: [stored], outputs: [converted] });
    return converted;
  }

  /** A constant of whole numbers. @returns the index of the tensor */
  integers(name: string, shape: readonly number[], values: readonly number[]): number {
    const data = new Uint8Array(Int32Array.from(values).buffer);
    return this.#push({ name, shape, type: TYPE.int32, data });
  }

  /**
   * Adds an operator with one output.
   *
   * @param inputs names of tensors, or indices
   * @param output its name and its shape
   * @returns the name of the output
   */
  add(
    operator: OperatorName,
    inputs: readonly (string | number)[],
    [name, shape]: readonly [string, readonly number[]],
    options?: LiteOperator['options'],
  ): string {
    const indices = inputs.map((input) =>
      typeof input === 'number' ? input : this.indexOf(input),
    );
    const outputs = [this.tensor(name, shape)];
    this.operators.push({ operator, inputs: indices, outputs, ...(options && { options }) });
    return name;
  }

  #push(tensor: LiteTensor): number {
    this.#indices.set(tensor.name, this.tensors.length);
    return this.tensors.push(tensor) - 1;
  }
}
