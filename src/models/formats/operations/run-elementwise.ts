import { errorFunction } from './error-function.ts';
import { knownClasses, knownNovelty } from './run-known-classes.ts';
import { broadcast } from './strides.ts';
import type { Curve, Operation } from './operation.ts';
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
      | 'novelty'
      | 'knownClasses'
      | 'knownNovelty';
  }
>;

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
    case 'novelty':
      return { shape, data: noveltyOf(operation, x) };
    case 'knownClasses':
      return { shape, data: knownClasses(operation, x) };
    case 'knownNovelty':
      return { shape, data: knownNovelty(operation.presentFrom, x, inputs[1]) };
    default:
      return combine(operation.kind, inputs, shape);
  }
}

type Combination = 'add' | 'multiply' | 'maximum' | 'minimum' | 'average';

function combine(kind: Combination, inputs: readonly Values[], shape: number[]): Values {
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  inputs.forEach(({ shape: own, data: values }, index) => {
    const isWhole = values.length === data.length;
    const indexOf = isWhole ? (i: number) => i : broadcast(own, shape);
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

/** The function of a curve. */
export function functionOf(curve: Curve): (x: number) => number {
  const relu6 = (x: number) => Math.min(6, Math.max(0, x));
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  switch (curve.name) {
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
      return (x) => (x < 0 ? x * curve.alpha : x);
    case 'elu':
      return (x) => (x < 0 ? curve.alpha * Math.expm1(x) : x);
    case 'gelu':
      return curve.approximate
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

/** See `NoveltyModel` in learning/evaluate, whose scores these are. */
function noveltyOf(
  { references, neighbours, threshold }: Extract<Operation, { kind: 'novelty' }>,
  { shape, data }: Values,
): Float32Array {
  const [batch = 0, length = 0] = shape;
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
    return nearest.reduce((sum, value) => sum + value, 0) / neighbours / threshold;
  });
}
