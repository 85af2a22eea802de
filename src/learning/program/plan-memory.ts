import { aligned, placeBuffers, type Lifetime } from '../kernels/wasm/place-buffers.ts';
import type { Program } from '../../models/formats/operations/operation.ts';
import {
  isKernelOperation,
  isPointwise,
  shapesOf,
  sizeOf,
  type KernelOperation,
  type Shape,
} from './kernel-steps.ts';

const FLOAT_BYTES = 4;
/** Most bytes of patches that are laid out at once, but at least one row of the result. */
const PATCH_BYTES = 2 ** 21;

/** Where everything lies in the memory of the kernels, in bytes. */
export interface MemoryPlan {
  /** The outputs of the operations that the kernels compute; they share places over time. */
  readonly outputs: ReadonlyMap<string, number>;
  /** Where an input goes that no kernel has computed. */
  readonly input: number;
  /** Patches of a convolution, `[rows, taps * channels]`. */
  readonly patches: number;
  readonly end: number;
}

/** How many rows of the result of a convolution have their patches in memory at once. */
export function rowsAtOnce({ kernel, shape }: KernelOperation): number {
  const [rows, columns, depth] = kernel.shape;
  const rowBytes = shape[1]! * rows * columns * depth * FLOAT_BYTES;
  return Math.min(shape[0]!, Math.max(1, Math.floor(PATCH_BYTES / rowBytes)));
}

/**
 * Plans the memory for the tensors of a program.
 *
 * @param start first free byte, a multiple of the alignment of `bytesOf`
 */
export function planMemory(program: Program, start: number): MemoryPlan {
  const shapes = shapesOf(program);
  const { operations } = program;
  const lastUse = new Map<string, number>();
  operations.forEach(({ inputs }, i) => {
    for (const name of inputs) lastUse.set(name, i);
  });
  const computed: (Lifetime & { readonly name: string })[] = [];
  let [inputBytes, patchBytes] = [0, 0];
  operations.forEach((operation, i) => {
    const { inputs, output } = operation;
    const x = inputs[0]!;
    if (!isKernelOperation(operation, shapes.get(x)!)) return;
    if (!computed.some(({ name }) => name === x)) {
      inputBytes = Math.max(inputBytes, bytesOf(shapes.get(x)!));
    }
    patchBytes = Math.max(patchBytes, patchBytesOf(operation));
    const to = lastUse.get(output) ?? Infinity;
    computed.push({ name: output, bytes: bytesOf(shapes.get(output)!), from: i, to });
  });
  const { offsets, bytes } = placeBuffers(computed);
  const outputs = new Map(computed.map(({ name }, i) => [name, start + offsets[i]!]));
  const input = start + bytes;
  const patches = input + inputBytes;
  return { outputs, input, patches, end: patches + patchBytes };
}

/** The bytes of floats, up to where the next tensor may begin. */
export function bytesOf(shape: Shape | readonly number[]): number {
  return aligned(sizeOf(shape) * FLOAT_BYTES);
}

function patchBytesOf(operation: KernelOperation): number {
  if (operation.kind !== 'convolution' || isPointwise(operation)) return 0;
  const [rows, columns, depth] = operation.kernel.shape;
  return bytesOf([rowsAtOnce(operation), operation.shape[1]!, rows, columns, depth]);
}
