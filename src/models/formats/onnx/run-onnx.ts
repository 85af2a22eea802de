import { runOperation } from '../operations/run-program.ts';
import type { Values } from '../operations/values.ts';
import { functionOf } from '../operations/run-elementwise.ts';
import { errorFunction } from '../operations/error-function.ts';
import {
  NO_PADDING,
  type ActivationFunction,
  type Kind,
  type Padding,
} from '../operations/operation.ts';
import type { DecodedOnnx, OnnxNode } from './onnx-model.ts';
import {
  combined,
  halves,
  joined,
  mapped,
  perRow,
  sliced,
  transposed,
} from './tensor-functions.ts';

/**
 * Runs the ONNX models of `onnxFiles` in plain JavaScript, to check what was written. It knows only
 * their operators, with the attributes that they have.
 *
 * @param input the value of the only input
 * @returns the outputs by name
 */
export function runOnnx(model: DecodedOnnx, input: Values): Map<string, Values> {
  const tensors = new Map<string, Values>([[model.inputs[0]!, input]]);
  for (const { name, shape, values } of model.tensors) {
    const data = values instanceof Float32Array ? values : Float32Array.from(values, Number);
    tensors.set(name, { shape, data });
  }
  for (const node of model.nodes) {
    const inputs = node.inputs.map((name) => tensors.get(name)!);
    const results = runNode(node, inputs);
    node.outputs.forEach((name, i) => tensors.set(name, results[i]!));
  }
  return new Map(model.outputs.map((name) => [name, tensors.get(name)!]));
}

const ACTIVATIONS: Readonly<Record<string, ActivationFunction>> = {
  Relu: { name: 'relu' },
  Sigmoid: { name: 'sigmoid' },
  Tanh: { name: 'tanh' },
  Softplus: { name: 'softplus' },
  HardSwish: { name: 'hardSwish' },
  HardSigmoid: { name: 'hardSigmoid' },
};

const PAIRS: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Max: Math.max,
  Min: Math.min,
  PRelu: (a, b) => (a < 0 ? a * b : a),
  Pow: (a, b) => a ** b,
};

function runNode(node: OnnxNode, inputs: readonly Values[]): Values[] {
  const { type } = node;
  const x = inputs[0]!;
  const ints = (name: string) => node.attributes[name] as readonly number[];
  const int = (name: string) => node.attributes[name] as number;
  const float = (name: string) => (node.attributes[name] as { float: number }).float;
  const activation = ACTIVATIONS[type];
  if (activation) return [mapped(x, functionOf(activation))];
  const pair = PAIRS[type];
  if (pair) return [inputs.slice(1).reduce((left, right) => combined(left, right, pair), x)];
  switch (type) {
    case 'Mean': {
      const sum = inputs.slice(1).reduce((left, right) => combined(left, right, PAIRS['Add']!), x);
      return [mapped(sum, (value) => value / inputs.length)];
    }
    case 'Clip': {
      const [low, high] = [inputs[1]!.data[0]!, inputs[2]!.data[0]!];
      return [mapped(x, (value) => Math.min(high, Math.max(low, value)))];
    }
    case 'LeakyRelu':
      return [mapped(x, functionOf({ name: 'leakyRelu', alpha: float('alpha') }))];
    case 'Elu':
      return [mapped(x, functionOf({ name: 'elu', alpha: float('alpha') }))];
    case 'Erf':
      return [mapped(x, errorFunction)];
    case 'Conv':
      return [convolution(node, x, inputs[1]!, inputs[2]!)];
    case 'Gemm':
      return [matrix(x, inputs[1]!, inputs[2]!.data)];
    case 'MatMul':
      return [matrix(x, inputs[1]!, new Float32Array(inputs[1]!.shape[1]!))];
    case 'MaxPool':
    case 'AveragePool': {
      const [window, strides] = [ints('kernel_shape'), ints('strides')] as [Pair, Pair];
      const padding = paddingOf(ints('pads'));
      const kind = type === 'MaxPool' ? 'maxPool' : 'averagePool';
      const sides = outputSides(x, window, strides, [1, 1], padding);
      return [onPictures(x, sides, x.shape[1]!, { kind, window, strides, padding })];
    }
    case 'GlobalAveragePool':
    case 'GlobalMaxPool': {
      const kind = type === 'GlobalMaxPool' ? 'globalMaximum' : 'globalAverage';
      return [onPictures(x, [1, 1], x.shape[1]!, { kind, keepDims: true })];
    }
    case 'Resize': {
      const [, , rows, columns] = inputs[2]!.data as unknown as [number, number, number, number];
      const sides = [x.shape[2]! * rows, x.shape[3]! * columns] as const;
      return [onPictures(x, sides, x.shape[1]!, { kind: 'upsample', factors: [rows, columns] })];
    }
    case 'Pad': {
      const [, , top = 0, left = 0, , , bottom = 0, right = 0] = inputs[1]!.data;
      const sides = [x.shape[2]! + top + bottom, x.shape[3]! + left + right] as const;
      return [
        onPictures(x, sides, x.shape[1]!, { kind: 'pad', padding: { top, bottom, left, right } }),
      ];
    }
    case 'LayerNormalization': {
      const [, gamma, beta] = inputs as [Values, Values, Values];
      const kind = {
        kind: 'layerNorm',
        gamma: gamma.data,
        beta: beta.data,
        epsilon: float('epsilon'),
      } as const;
      return [run(kind, x, x.shape.slice(1))];
    }
    case 'Softmax':
      return x.shape.length === 4
        ? [onPictures(x, [x.shape[2]!, x.shape[3]!], x.shape[1]!, { kind: 'softmax' })]
        : [run({ kind: 'softmax' }, x, x.shape.slice(1))];
    case 'Flatten':
      return [{ shape: [x.shape[0]!, x.data.length / x.shape[0]!], data: x.data }];
    case 'Reshape': {
      const [, ...sides] = inputs[1]!.data;
      const rest = x.data.length / x.shape[0]! / sides.reduce((a, b) => a * Math.abs(b), 1);
      const shape = [x.shape[0]!, ...sides.map((side) => (side === -1 ? rest : side))];
      return [{ shape, data: x.data }];
    }
    case 'Exp':
      return [mapped(x, Math.exp)];
    case 'ReduceLogSumExp': {
      // The last axis of `[batch, groups, places]`.
      const [batch = 0, groups = 0, places = 0] = x.shape;
      const rows = { shape: [batch * groups, places], data: x.data };
      const { data } = run({ kind: 'logSumExp', anchors: places }, rows, [1]);
      return [{ shape: [batch, groups], data }];
    }
    case 'ReduceMax':
      return [perRow(x, (row) => [Math.max(...row)])];
    case 'Transpose':
      return [transposed(x, ints('perm'))];
    case 'Concat':
      return [joined(inputs, int('axis'))];
    case 'Split':
      return halves(x);
    case 'Slice':
      return [
        sliced(
          x,
          inputs.slice(1).map(({ data }) => [...data]),
        ),
      ];
    case 'ReduceL2':
      return [perRow(x, (row) => [Math.hypot(...row)])];
    case 'ReduceMean':
      return [perRow(x, (row) => [row.reduce((a, b) => a + b, 0) / row.length])];
    case 'TopK': {
      const count = inputs[1]!.data[0]!;
      const largest = perRow(x, (row) => [...row].sort((a, b) => b - a).slice(0, count));
      return [largest, largest];
    }
    default:
      throw new Error(`The operator ${type} is not known`);
  }
}

type Pair = readonly [number, number];

function run(kind: Kind, x: Values, shape: readonly number[]): Values {
  return runOperation({ ...kind, inputs: [''], output: '', shape }, [x]);
}

/** Runs an operation, which has the channels last, on a tensor that has them first. */
function onPictures(x: Values, [height, width]: Pair, channels: number, kind: Kind): Values {
  return transposed(
    run(kind, transposed(x, [0, 2, 3, 1]), [height, width, channels]),
    [0, 3, 1, 2],
  );
}

function convolution(node: OnnxNode, x: Values, weights: Values, bias: Values): Values {
  const [out = 0, depth = 0, rows = 0, columns = 0] = weights.shape;
  const [strides, dilations] = ['strides', 'dilations'].map((name) => node.attributes[name]) as [
    Pair,
    Pair,
  ];
  const padding = paddingOf(node.attributes['pads'] as readonly number[]);
  const { data: values } = transposed(weights, [2, 3, 1, 0]);
  const sides = outputSides(x, [rows, columns], strides, dilations, padding);
  return onPictures(x, sides, out, {
    kind: 'convolution',
    kernel: { shape: [rows, columns, depth, out], values },
    bias: bias.data,
    ...{ strides, dilations, padding, groups: node.attributes['group'] as number, clamp: 'linear' },
  });
}

function outputSides(
  x: Values,
  window: Pair,
  strides: Pair,
  dilations: Pair,
  padding: Padding,
): Pair {
  const border = [padding.top + padding.bottom, padding.left + padding.right];
  const [height, width] = [0, 1].map((axis) => {
    const reach = (window[axis]! - 1) * dilations[axis]! + 1;
    return Math.floor((x.shape[2 + axis]! + border[axis]! - reach) / strides[axis]!) + 1;
  }) as [number, number];
  return [height, width];
}

function paddingOf([top, left, bottom, right]: readonly number[] = []): Padding {
  if (top === undefined || left === undefined || bottom === undefined || right === undefined)
    return NO_PADDING;
  return { top, left, bottom, right };
}

function matrix(x: Values, { shape, data }: Values, bias: Float32Array): Values {
  return run({ kind: 'dense', kernel: data, bias }, x, [shape[1]!]);
}
