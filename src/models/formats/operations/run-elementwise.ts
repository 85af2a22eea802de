import { errorFunction } from './error-function.ts';
import { broadcast } from './strides.ts';
import type { ActivationFunction, Operation } from './operation.ts';
import type { Values } from './values.ts';

/** Operations that give each number a number, or each picture a row of them. */
export type Elementwise = Extract<
  Operation,
  {
    kind:
      | 'affine'
      | 'prelu'
      | 'curve'
      | 'softmax'
      | 'layerNorm'
      | 'add'
      | 'multiply'
      | 'maximum'
      | 'minimum'
      | 'average'
      | 'logSumExp'
      | 'novelty';
  }
>;

/**
 * Computes one operation on plain arrays.
 *
 * @param inputs in the order of `operation.inputs`; those of a combination, such as `add`, may have
 *   axes of length 1, which are repeated
 * @returns `[batch, ...operation.shape]`
 */
export function runElementwise(operation: Elementwise, inputs: readonly Values[]): Values {
  const x = inputs[0]!;
  const channels = x.shape.at(-1)!;
  const shape = [x.shape[0]!, ...operation.shape];
  switch (operation.kind) {
    case 'affine': {
      const { scale, shift } = operation;
      const data = x.data.map((value, i) => value * scale[i % channels]! + shift[i % channels]!);
      return { shape, data };
    }
    case 'prelu': {
      const { alpha } = operation;
      return {
        shape,
        data: x.data.map((value, i) => (value < 0 ? value * alpha[i % channels]! : value)),
      };
    }
    case 'curve':
      return { shape, data: x.data.map(functionOf(operation.curve)) };
    case 'softmax':
      return { shape, data: eachRow(x, softmax) };
    case 'layerNorm': {
      const { gamma, beta, epsilon } = operation;
      const data = eachRow(x, (row) => {
        const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
        const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
        const scale = 1 / Math.sqrt(variance + epsilon);
        row.forEach((value, c) => (row[c] = (value - mean) * scale * gamma[c]! + beta[c]!));
      });
      return { shape, data };
    }
    case 'logSumExp':
      return { shape, data: logSumExp(x, operation.anchors) };
    case 'novelty':
      return { shape, data: noveltyOf(operation, x, inputs[1]) };
    default:
      return combine(operation.kind, inputs, shape);
  }
}

type Combination = 'add' | 'multiply' | 'maximum' | 'minimum' | 'average';

function combine(kind: Combination, inputs: readonly Values[], shape: number[]): Values {
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  inputs.forEach(({ shape: own, data: values }, index) => {
    const indexOf = broadcast(own, shape);
    for (let i = 0; i < data.length; i++) {
      const value = values[indexOf(i)]!;
      if (index === 0) data[i] = value;
      else if (kind === 'multiply') data[i]! *= value;
      else if (kind === 'maximum') data[i] = Math.max(data[i]!, value);
      else if (kind === 'minimum') data[i] = Math.min(data[i]!, value);
      else data[i]! += value;
    }
  });
  if (kind === 'average') data.forEach((value, i) => (data[i] = value / inputs.length));
  return { shape, data };
}

/** What an activation function computes. */
export function functionOf(activation: ActivationFunction): (x: number) => number {
  const relu6 = (x: number) => Math.min(6, Math.max(0, x));
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  switch (activation.name) {
    case 'relu':
      return (x) => Math.max(0, x);
    case 'relu6':
      return relu6;
    case 'sigmoid':
      return sigmoid;
    case 'tanh':
      return Math.tanh;
    case 'swish':
      return (x) => x * sigmoid(x);
    case 'hardSwish':
      return (x) => (x * relu6(x + 3)) / 6;
    case 'hardSigmoid':
      return (x) => Math.min(1, Math.max(0, x / 5 + 0.5));
    case 'softplus':
      return (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    case 'leakyRelu':
      return (x) => (x < 0 ? x * activation.alpha : x);
    case 'elu':
      return (x) => (x < 0 ? activation.alpha * Math.expm1(x) : x);
    case 'gelu':
      return activation.approximate
        ? (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
        : (x) => 0.5 * x * (1 + errorFunction(x / Math.SQRT2));
  }
}

/** Changes a copy row by row, along the last axis. */
function eachRow({ shape, data }: Values, change: (row: Float32Array) => void): Float32Array {
  const length = shape.at(-1)!;
  const copy = data.slice();
  for (let at = 0; at < copy.length; at += length) change(copy.subarray(at, at + length));
  return copy;
}

function softmax(row: Float32Array): void {
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = Float64Array.from(row, (value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  row.set(powers.map((value) => value / sum));
}

function logSumExp({ shape, data }: Values, anchors: number): Float32Array {
  const [batch = 0] = shape;
  const channels = shape.at(-1)!;
  const each = data.length / batch;
  const groups = channels / anchors;
  return Float32Array.from({ length: batch * groups }, (_, i) => {
    const start = Math.floor(i / groups) * each;
    const own = Array.from(data.subarray(start, start + each)).filter(
      (_, at) => Math.floor((at % channels) / anchors) === i % groups,
    );
    const largest = own.reduce((most, value) => Math.max(most, value), -Infinity);
    return largest + Math.log(own.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  });
}

/** See `NoveltyModel` and `combinedNovelty` in learning/evaluate, whose scores these are. */
function noveltyOf(
  { references, neighbours, threshold, knownClasses }: Extract<Operation, { kind: 'novelty' }>,
  { shape, data }: Values,
  known: Values | undefined,
): Float32Array {
  const [batch = 0, length = 0] = shape;
  const combined = (photos: number, row: number) => {
    if (!knownClasses) return photos;
    const { presentFrom, weight, strictness } = knownClasses;
    const count = known!.shape[1]!;
    const largest = Math.max(...known!.data.subarray(row * count, (row + 1) * count));
    const unknown = Math.exp(weight * (presentFrom - largest));
    return strictness * Math.max(photos, 0) ** (1 - weight) * unknown;
  };
  return Float32Array.from({ length: batch }, (_, row) => {
    const feature = data.subarray(row * length, (row + 1) * length);
    const norm = Math.sqrt(feature.reduce((sum, value) => sum + value * value, 0)) || 1;
    const distances: number[] = [];
    for (let at = 0; at < references.length; at += length) {
      let product = 0;
      for (let i = 0; i < length; i++) product += references[at + i]! * feature[i]!;
      distances.push(1 - product / norm);
    }
    const nearest = distances.sort((a, b) => a - b).slice(0, neighbours);
    return combined(nearest.reduce((sum, value) => sum + value, 0) / neighbours / threshold, row);
  });
}
