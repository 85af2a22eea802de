import type { ExportedFile } from '../exported-file.ts';
import type { Operation, Padding, Program } from '../operations/operation.ts';
import { addClamp, addActivation } from './add-activation.ts';
import { addNovelty } from './add-novelty.ts';
import { GraphBuilder } from './graph-builder.ts';
import { encodeOnnx } from './onnx-model.ts';

/**
 * An ONNX model, opset 17, channels first: from `image`, `[batch, 3, size, size]`, RGB from -1 to 1,
 * to `probabilities`, `[batch, classes]`, and `novelty`, `[batch, 1]`.
 *
 * @throws UnsupportedLayerError
 */
export function onnxFiles(program: Program, producer: string): ExportedFile[] {
  const { input, size, labels, probabilities, novelty } = program;
  const graph = new GraphBuilder(new Map([[input, [size, size, 3]]]));
  for (const operation of program.operations) addOperation(graph, operation);
  const bytes = encodeOnnx({
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [{ name: input, shape: ['batch', 3, size, size] }],
    outputs: [
      { name: probabilities, shape: ['batch', labels.length] },
      ...(novelty === undefined ? [] : [{ name: novelty, shape: ['batch', 1] }]),
    ],
    metadata: { labels: JSON.stringify(labels), input: 'RGB, pixel / 127.5 - 1' },
    producer,
  });
  return [{ path: 'model.onnx', bytes }];
}

function addOperation(graph: GraphBuilder, operation: Operation): void {
  const { output, shape } = operation;
  const inputs = [...operation.inputs];
  const x = inputs[0]!;
  graph.setShape(output, shape);
  switch (operation.kind) {
    case 'convolution':
    case 'depthwise': {
      const isDepthwise = operation.kind === 'depthwise';
      const { kernel, bias, strides, dilations, clamp } = operation;
      const [rows, columns, depth, last] = kernel.shape;
      const weights = isDepthwise
        ? {
            shape: [depth * last, 1, rows, columns],
            values: outFirst(kernel.values, rows * columns, 1, depth * last),
          }
        : {
            shape: [last, depth, rows, columns],
            values: outFirst(kernel.values, rows * columns, depth, last),
          };
      const result = clamp === 'linear' ? output : `${output}/unclamped`;
      graph.add(
        'Conv',
        [
          x,
          graph.floats(`${output}/kernel`, weights.shape, weights.values),
          graph.floats(`${output}/bias`, [bias.length], bias),
        ],
        [result],
        {
          kernel_shape: [rows, columns],
          ...{ strides, dilations, pads: pads(operation.padding) },
          group: isDepthwise ? depth : operation.groups,
        },
      );
      if (clamp !== 'linear') addClamp(graph, clamp, result, output);
      return;
    }
    case 'dense': {
      const { kernel, bias } = operation;
      const weights = graph.floats(
        `${output}/kernel`,
        [kernel.length / bias.length, bias.length],
        kernel,
      );
      graph.add(
        'Gemm',
        [x, weights, graph.floats(`${output}/bias`, [bias.length], bias)],
        [output],
      );
      return;
    }
    case 'affine': {
      const { scale, shift } = operation;
      graph.add(
        'Mul',
        [x, graph.perChannel(`${output}/scale`, scale, shape)],
        [`${output}/scaled`],
      );
      graph.add(
        'Add',
        [`${output}/scaled`, graph.perChannel(`${output}/shift`, shift, shape)],
        [output],
      );
      return;
    }
    case 'prelu':
      graph.add(
        'PRelu',
        [x, graph.perChannel(`${output}/alpha`, operation.alpha, shape)],
        [output],
      );
      return;
    case 'curve':
      addActivation(graph, operation.curve, x, output);
      return;
    case 'softmax':
      graph.add('Softmax', [x], [output], { axis: 1 });
      return;
    case 'add':
    case 'multiply':
      graph.expectEqualRanks(inputs, operation.kind);
      graph.chain(operation.kind === 'add' ? 'Add' : 'Mul', inputs, output);
      return;
    case 'maximum':
    case 'minimum':
    case 'average': {
      graph.expectEqualRanks(inputs, operation.kind);
      const type = { maximum: 'Max', minimum: 'Min', average: 'Mean' }[operation.kind];
      graph.add(type, inputs, [output]);
      return;
    }
    case 'concatenate':
      graph.add('Concat', inputs, [output], { axis: 1 });
      return;
    case 'pad': {
      const { top, left, bottom, right } = operation.padding;
      const amounts = graph.integers(`${output}/pads`, [0, 0, top, left, 0, 0, bottom, right]);
      graph.add('Pad', [x, amounts], [output], { mode: 'constant' });
      return;
    }
    case 'crop': {
      const { top, left } = operation.padding;
      const [height = 0, width = 0] = shape;
      graph.slice(x, output, {
        starts: [top, left],
        ends: [top + height, left + width],
        axes: [2, 3],
        steps: [1, 1],
      });
      return;
    }
    case 'maxPool':
    case 'averagePool':
      graph.add(operation.kind === 'maxPool' ? 'MaxPool' : 'AveragePool', [x], [output], {
        ...{
          kernel_shape: operation.window,
          strides: operation.strides,
          pads: pads(operation.padding),
        },
        ...(operation.kind === 'averagePool' && { count_include_pad: 0 }),
      });
      return;
    case 'globalAverage':
    case 'globalMaximum': {
      const pooled = operation.keepDims ? output : `${output}/pooled`;
      graph.add(
        operation.kind === 'globalAverage' ? 'GlobalAveragePool' : 'GlobalMaxPool',
        [x],
        [pooled],
      );
      if (!operation.keepDims) graph.add('Flatten', [pooled], [output], { axis: 1 });
      return;
    }
    case 'reshape': {
      const last = graph.channelsLast(x);
      const result = shape.length === 3 ? `${output}/last` : output;
      graph.add('Reshape', [last, graph.integers(`${output}/shape`, [0, ...shape])], [result]);
      graph.channelsFirst(result, output);
      return;
    }
    case 'transpose': {
      const last = graph.channelsLast(x);
      const result = shape.length === 3 ? `${output}/last` : output;
      graph.add('Transpose', [last], [result], { perm: [0, ...operation.axes] });
      graph.channelsFirst(result, output);
      return;
    }
    case 'layerNorm': {
      const { gamma, beta, epsilon } = operation;
      const weights = [
        graph.floats(`${output}/gamma`, [gamma.length], gamma),
        graph.floats(`${output}/beta`, [beta.length], beta),
      ];
      const result = shape.length === 3 ? `${output}/last` : output;
      graph.add('LayerNormalization', [graph.channelsLast(x), ...weights], [result], {
        axis: -1,
        epsilon: { float: epsilon },
      });
      graph.channelsFirst(result, output);
      return;
    }
    case 'upsample': {
      const scales = graph.floats(
        `${output}/scales`,
        [4],
        Float32Array.of(1, 1, ...operation.factors),
      );
      graph.add('Resize', [x, '', scales], [output], {
        ...{ mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
      });
      return;
    }
    case 'withMirror':
      graph.slice(x, `${output}/mirrored`, {
        starts: [-1],
        ends: [-(2 ** 31)],
        axes: [3],
        steps: [-1],
      });
      graph.add('Concat', [x, `${output}/mirrored`], [output], { axis: 0 });
      return;
    case 'meanOfViews': {
      const parts = [`${output}/first`, `${output}/second`];
      graph.add('Split', [x], parts, { axis: 0 });
      graph.add('Mean', parts, [output]);
      return;
    }
    case 'firstView':
      graph.add('Split', [x], [output, `${output}/second`], { axis: 0 });
      return;
    case 'logSumExp': {
      const groups = graph.integers(`${output}/groups`, [0, shape[0]!, -1]);
      graph.add('Reshape', [x, groups], [`${output}/grouped`]);
      graph.add('ReduceLogSumExp', [`${output}/grouped`], [output], { axes: [2], keepdims: 0 });
      return;
    }
    case 'novelty':
      addNovelty(graph, operation, inputs);
  }
}

function pads({ top, left, bottom, right }: Padding): readonly number[] {
  return [top, left, bottom, right];
}

/** `[taps, depth, out]` to `[out, depth, taps]` */
function outFirst(values: Float32Array, taps: number, depth: number, out: number): Float32Array {
  const result = new Float32Array(values.length);
  values.forEach((value, i) => {
    const filter = i % out;
    const channel = Math.floor(i / out) % depth;
    const tap = Math.floor(i / (out * depth));
    result[(filter * depth + channel) * taps + tap] = value;
  });
  return result;
}
