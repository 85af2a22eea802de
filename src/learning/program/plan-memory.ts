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
/** Bytes of one load of the kernels. */
const ALIGNMENT = 16;
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
 * @param start first free byte
 */
export function planMemory(program: Program, start: number): MemoryPlan {
  const shapes = shapesOf(program);
  const { operations } = program;
  const lastUse = new Map<string, number>();
  operations.forEach(({ inputs }, i) => {
    for (const name of inputs) lastUse.set(name, i);
  });
  const outputs = new Map<string, number>();
  const taken: { from: number; to: number; until: number }[] = [];
  let [inputBytes, patchBytes, end] = [0, 0, start];
  operations.forEach((operation, i) => {
    const x = operation.inputs[0]!;
    if (!isKernelOperation(operation, shapes.get(x)!)) return;
    if (!outputs.has(x)) inputBytes = Math.max(inputBytes, bytesOf(shapes.get(x)!));
    patchBytes = Math.max(patchBytes, patchBytesOf(operation));
    const bytes = bytesOf(shapes.get(operation.output)!);
    const living = taken.filter(({ until }) => until >= i).sort((a, b) => a.from - b.from);
    let from = start;
    for (const other of living) {
      if (from + bytes <= other.from) break;
      from = Math.max(from, other.to);
    }
    taken.push({ from, to: from + bytes, until: lastUse.get(operation.output) ?? Infinity });
    outputs.set(operation.output, from);
    end = Math.max(end, from + bytes);
  });
  return { outputs, input: end, patches: end + inputBytes, end: end + inputBytes + patchBytes };
}

/** The bytes of floats, up to where the next tensor may begin. */
export function bytesOf(shape: Shape | readonly number[]): number {
  return Math.ceil((sizeOf(shape) * FLOAT_BYTES) / ALIGNMENT) * ALIGNMENT;
}

function patchBytesOf(operation: KernelOperation): number {
  if (operation.kind !== 'convolution' || isPointwise(operation)) return 0;
  const [rows, columns, depth] = operation.kernel.shape;
  return bytesOf([rowsAtOnce(operation), operation.shape[1]!, rows, columns, depth]);
}
