import { ungroupedKernel } from '../operations/ungroup.ts';
import type { Filter, Operation, Padding, Program } from '../operations/operation.ts';
import { UnsupportedLayerError } from '../unsupported-layer.ts';
import { addCombination } from './add-combination.ts';
import { addActivation } from './add-activation.ts';
import { addLogSumExp } from './add-log-sum-exp.ts';
import { CLAMP, PADDING } from './schema.ts';
import { LiteGraph } from './tflite-graph.ts';

/**
 * The operators of TensorFlow Lite for a program, for one picture.
 *
 * @throws UnsupportedLayerError
 */
export function lowerToTflite({ input, size, operations }: Program): LiteGraph {
  const graph = new LiteGraph();
  graph.tensor(input, [1, size, size, 3]);
  for (const operation of operations) addOperation(graph, operation);
  return graph;
}

function addOperation(graph: LiteGraph, operation: Operation): void {
  const { output, inputs } = operation;
  const x = inputs[0]!;
  const read = graph.shapeOf(x);
  const shape = [read[0]!, ...operation.shape];
  const result = [output, shape] as const;
  const part = (name: string) => `${output}/${name}`;
  switch (operation.kind) {
    case 'convolution': {
      const { shape: sides, values } =
        operation.groups === 1
          ? operation.kernel
          : ungroupedKernel(operation.kernel, operation.groups);
      const [rows, columns, depth, last] = sides;
      const weights = graph.halves(
        part('kernel'),
        [last, rows, columns, depth],
        outFirst(values, last),
      );
      const bias = graph.floats(part('bias'), [last], operation.bias);
      const [padded, padding] = addPadding(graph, operation, x, output, [rows, columns]);
      const { strides, dilations, clamp } = operation;
      graph.add('CONV_2D', [padded, weights, bias], result, {
        name: 'convolution',
        values: [padding, strides[1], strides[0], CLAMP[clamp], dilations[1], dilations[0]],
      });
      return;
    }
    case 'depthwise': {
      const [rows, columns, depth, multiplier] = operation.kernel.shape;
      const channels = depth * multiplier;
      const weights = graph.halves(
        part('kernel'),
        [1, rows, columns, channels],
        operation.kernel.values,
      );
      const bias = graph.floats(part('bias'), [channels], operation.bias);
      const [padded, padding] = addPadding(graph, operation, x, output, [rows, columns]);
      const { strides, dilations, clamp } = operation;
      graph.add('DEPTHWISE_CONV_2D', [padded, weights, bias], result, {
        name: 'depthwise',
        values: [
          padding,
          strides[1],
          strides[0],
          multiplier,
          CLAMP[clamp],
          dilations[1],
          dilations[0],
        ],
      });
      return;
    }
    case 'dense': {
      const { kernel, bias } = operation;
      const units = bias.length;
      // The head is small, and its numbers decide: they stay as they are.
      const weights = graph.floats(
        part('kernel'),
        [units, kernel.length / units],
        outFirst(kernel, units),
      );
      graph.add(
        'FULLY_CONNECTED',
        [x, weights, graph.floats(part('bias'), [units], bias)],
        result,
        {
          name: 'dense',
          values: [0],
        },
      );
      return;
    }
    case 'affine': {
      const { scale, shift } = operation;
      const scaled = graph.add(
        'MUL',
        [x, graph.floats(part('scale'), [scale.length], scale)],
        [part('scaled'), shape],
        { name: 'multiply', values: [0] },
      );
      graph.add('ADD', [scaled, graph.floats(part('shift'), [shift.length], shift)], result, {
        name: 'add',
        values: [0],
      });
      return;
    }
    case 'prelu': {
      const { alpha } = operation;
      const sides = operation.shape.length === 3 ? [1, 1, alpha.length] : [alpha.length];
      graph.add('PRELU', [x, graph.floats(part('alpha'), sides, alpha)], result);
      return;
    }
    case 'curve':
      addActivation(graph, operation.curve, x, output, shape);
      return;
    case 'softmax':
      graph.add('SOFTMAX', [x], result, { name: 'softmax', values: [1] });
      return;
    case 'add':
    case 'multiply':
    case 'maximum':
    case 'minimum':
    case 'average':
      addCombination(graph, operation.kind, inputs, output, shape);
      return;
    case 'concatenate':
      graph.add('CONCATENATION', inputs, result, {
        name: 'concatenate',
        values: [read.length - 1, 0],
      });
      return;
    case 'pad':
      graph.add('PAD', [x, padAmounts(graph, part('amounts'), operation.padding)], result);
      return;
    case 'crop': {
      const { top, left } = operation.padding;
      const begin = graph.integers(part('begin'), [4], [0, top, left, 0]);
      graph.add('SLICE', [x, begin, graph.integers(part('size'), [4], shape)], result);
      return;
    }
    case 'maxPool':
    case 'averagePool': {
      const { window, strides } = operation;
      const [padded, padding] = addPadding(
        graph,
        { ...operation, dilations: [1, 1] },
        x,
        output,
        window,
      );
      // Zeros around the picture would count.
      if (padded !== x)
        throw new UnsupportedLayerError(
          operation.kind === 'maxPool' ? 'MaxPooling2D' : 'AveragePooling2D',
        );
      graph.add(operation.kind === 'maxPool' ? 'MAX_POOL_2D' : 'AVERAGE_POOL_2D', [x], result, {
        name: 'pool',
        values: [padding, strides[1], strides[0], window[1], window[0], 0],
      });
      return;
    }
    case 'globalAverage':
    case 'globalMaximum': {
      const axes = graph.integers(part('axes'), [2], [1, 2]);
      graph.add(operation.kind === 'globalAverage' ? 'MEAN' : 'REDUCE_MAX', [x, axes], result, {
        name: 'reduce',
        values: [operation.keepDims ? 1 : 0],
      });
      return;
    }
    case 'logSumExp':
      addLogSumExp(graph, x, result, operation.anchors);
      return;
    case 'reshape':
      graph.add('RESHAPE', [x, graph.integers(part('shape'), [shape.length], shape)], result);
      return;
    case 'transpose': {
      const order = graph.integers(part('order'), [read.length], [0, ...operation.axes]);
      graph.add('TRANSPOSE', [x, order], result);
      return;
    }
    case 'upsample': {
      const sides = graph.integers(part('size'), [2], operation.shape.slice(0, 2));
      graph.add('RESIZE_NEAREST_NEIGHBOR', [x, sides], result);
      return;
    }
    case 'withMirror': {
      const mirrored = graph.add(
        'REVERSE_V2',
        [x, graph.integers(part('axis'), [1], [2])],
        [part('mirrored'), shape],
      );
      graph.add('CONCATENATION', [x, mirrored], [output, [2, ...operation.shape]], {
        name: 'concatenate',
        values: [0, 0],
      });
      return;
    }
    case 'meanOfViews': {
      const axis = graph.integers(part('axis'), [1], [0]);
      graph.add('MEAN', [x, axis], [output, [1, ...operation.shape]], {
        name: 'reduce',
        values: [1],
      });
      return;
    }
    case 'layerNorm':
      throw new UnsupportedLayerError('LayerNormalization');
    case 'firstView':
    case 'novelty':
      // A second output would not be a classifier any more, for the tasks that read the file.
      throw new UnsupportedLayerError(operation.kind);
  }
}

/**
 * TensorFlow Lite only knows SAME and VALID: another padding becomes an operator of its own.
 *
 * @returns the tensor that the filter reads, and its padding
 */
function addPadding(
  graph: LiteGraph,
  { padding, strides, dilations }: Filter,
  x: string,
  output: string,
  window: readonly [number, number],
): readonly [string, number] {
  const [batch = 1, height = 0, width = 0, channels = 0] = graph.shapeOf(x);
  const { top, bottom, left, right } = padding;
  if (top + bottom + left + right === 0) return [x, PADDING.valid];
  const [rows, columns] = [height, width].map((side, axis) => {
    const reach = (window[axis]! - 1) * dilations[axis]! + 1;
    return Math.max((Math.ceil(side / strides[axis]!) - 1) * strides[axis]! + reach - side, 0);
  }) as [number, number];
  const isSame =
    top === Math.floor(rows / 2) &&
    left === Math.floor(columns / 2) &&
    top + bottom === rows &&
    left + right === columns;
  if (isSame) return [x, PADDING.same];
  const amounts = padAmounts(graph, `${output}/amounts`, padding);
  const padded = [batch, height + top + bottom, width + left + right, channels];
  return [graph.add('PAD', [x, amounts], [`${output}/padded`, padded]), PADDING.valid];
}

function padAmounts(graph: LiteGraph, name: string, { top, bottom, left, right }: Padding): number {
  return graph.integers(name, [4, 2], [0, 0, top, bottom, left, right, 0, 0]);
}

/** `[..., out]` to `[out, ...]` */
function outFirst(values: Float32Array, out: number): Float32Array {
  const each = values.length / out;
  return values.map((_, i) => values[(i % each) * out + Math.floor(i / each)]!);
}
