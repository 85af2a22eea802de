import { clampOf } from './activations.ts';
import type { Operation } from './operation.ts';

/**
 * Fuses operations, as the app's own network does: a padding into the convolution after it, a batch
 * normalization and a clamp into the convolution or dense layer before it. Only where no other
 * operation reads the tensor in between.
 *
 * @param operations in topological order
 * @param kept names of tensors that must stay
 */
export function fuse(operations: readonly Operation[], kept: readonly string[]): Operation[] {
  const readers = new Map<string, number>();
  for (const name of [...operations.flatMap(({ inputs }) => inputs), ...kept]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  const fused: Operation[] = [];
  for (const operation of operations) {
    const index = fused.findIndex(({ output }) => output === operation.inputs[0]);
    const before = fused[index];
    const both = before && readers.get(before.output) === 1 ? joined(before, operation) : undefined;
    if (!both) {
      fused.push(operation);
      continue;
    }
    // What lies between them does not read the tensor that disappears.
    fused.splice(index, 1);
    fused.push(both);
  }
  return fused;
}

/** One operation that does the same as two; undefined if there is none. */
function joined(first: Operation, second: Operation): Operation | undefined {
  if (second.inputs.length !== 1) return undefined;
  const { output, shape } = second;
  const isFilter = second.kind === 'convolution' || second.kind === 'depthwise';
  if (first.kind === 'pad' && isFilter) {
    const sides = ['top', 'bottom', 'left', 'right'] as const;
    const sums = sides.map((side) => [side, first.padding[side] + second.padding[side]]);
    const padding = Object.fromEntries(sums) as unknown as typeof first.padding;
    return { ...second, padding, inputs: first.inputs };
  }
  if (second.kind === 'affine') {
    const scaled = scaleOutputs(first, second.scale, second.shift);
    return scaled && { ...scaled, output, shape };
  }
  if (second.kind === 'curve' && 'clamp' in first && first.clamp === 'linear') {
    const clamp = clampOf(second.curve);
    return clamp && { ...first, clamp, output, shape };
  }
  return undefined;
}

/**
 * Folds `x scale + shift` into the operation that computes x (Jacob et al. 2018, arXiv:1712.05877,
 * section 3.2).
 */
function scaleOutputs(
  operation: Operation,
  scale: Float32Array,
  shift: Float32Array,
): Operation | undefined {
  if (operation.kind !== 'dense' && !('clamp' in operation && operation.clamp === 'linear')) {
    return undefined;
  }
  const bias = operation.bias.map((value, c) => value * scale[c]! + shift[c]!);
  // In each of these kernels, the output channel is the index of the last axes.
  const scaled = (values: Float32Array) =>
    values.map((value, i) => value * scale[i % scale.length]!);
  if (operation.kind === 'dense') return { ...operation, kernel: scaled(operation.kernel), bias };
  const { kernel } = operation;
  return { ...operation, kernel: { ...kernel, values: scaled(kernel.values) }, bias };
}
