import { outputsAlong } from '../../kernels/wasm/filter-runs.ts';
import type { FusedOperation } from './fuse.ts';
import type { OutsideOperation } from './operation.ts';
import type { MapShape } from './tensor.ts';

/**
 * The shape of each tensor.
 *
 * @param side side of the input in pixels
 * @param group floats that the kernels compute at once, of which a sum or a pooling has a multiple
 * @returns undefined if an operation does not fit its input
 */
export function shapesOf(
  operations: readonly FusedOperation[],
  input: string,
  side: number,
  group: number,
): Map<string, MapShape> | undefined {
  const shapes = new Map<string, MapShape>([[input, [side, side, 3]]]);
  for (const operation of operations) {
    if (operation.kind === 'outside') {
      shapes.set(operation.output, operation.shape);
      continue;
    }
    const inputs = operation.inputs.map((name) => shapes.get(name));
    const shape = inputs[0] && shapeOf(operation, inputs[0], group);
    if (!shape || shape.some((size) => size < 1)) return undefined;
    // What is added has the shape of the sum.
    const addend = operation.inputs.length > 1 ? inputs[1] : shape;
    if (!addend || addend.some((size, axis) => size !== shape[axis])) return undefined;
    shapes.set(operation.output, shape);
  }
  return shapes;
}

function shapeOf(
  operation: Exclude<FusedOperation, OutsideOperation>,
  [height, width, channels]: MapShape,
  group: number,
): MapShape | undefined {
  switch (operation.kind) {
    case 'add':
      return (height * width * channels) % group === 0 ? [height, width, channels] : undefined;
    case 'pool':
      return channels % group === 0 ? [1, 1, channels] : undefined;
    default: {
      const { convolution } = operation;
      const [kernelHeight, kernelWidth, depth, columns] = convolution.filterShape;
      const { pad, strides } = convolution;
      const expanded = operation.kind === 'depthwise' && operation.expand;
      if (channels !== (expanded ? expanded.filterShape[2] : depth)) return undefined;
      if (expanded && expanded.filterShape[3] !== depth) return undefined;
      const movement = { stride: strides[0], pad };
      return [
        outputsAlong(height, movement, kernelHeight).count,
        outputsAlong(width, movement, kernelWidth).count,
        convolution.depthwise ? depth : columns,
      ];
    }
  }
}
