import { ByteBuffer } from 'flatbuffers';
import { FlatTable } from '../../../platform/flat-table.ts';
import { fromFloat16 } from '../../../platform/float16.ts';
import { NO_PADDING, type Clamp, type Kind, type Padding } from '../operations/operation.ts';
import { runOperation } from '../operations/run-program.ts';
import type { Values } from '../operations/values.ts';
import { broadcast, gather, stridesOf } from '../operations/strides.ts';
import { reduced } from './run-reduce.ts';
import {
  BUFFER,
  CLAMP,
  MODEL,
  OPERATOR,
  OPERATOR_CODE,
  OPERATORS,
  OPTIONS,
  PADDING,
  SUBGRAPH,
  TENSOR,
  TYPE,
  type OperatorName,
} from './schema.ts';

interface Node {
  readonly operator: OperatorName;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: readonly number[];
}

/** A TFLite file, read. */
export interface DecodedTflite {
  /** Shapes of all tensors, with the batch. */
  readonly shapes: readonly (readonly number[])[];
  readonly constants: ReadonlyMap<number, Float32Array>;
  readonly nodes: readonly Node[];
  readonly input: number;
  readonly output: number;
}

/**
 * Reads the graph of a TFLite file of `tfliteFiles`.
 *
 * @throws FlatBufferError if it is damaged, Error for an operator that is never written
 */
export function decodeTflite(file: Uint8Array): DecodedTflite {
  const model = FlatTable.root(new ByteBuffer(file));
  const [subgraph] = model.tables(MODEL.subgraphs);
  if (!subgraph) throw new Error('It has no graph');
  const buffers = model.tables(MODEL.buffers);
  const names = new Map<number, OperatorName>(
    Object.entries(OPERATORS).map(([name, [code]]) => [code, name as OperatorName]),
  );
  const codes = model
    .tables(MODEL.operatorCodes)
    .map((code) => names.get(code.uint32(OPERATOR_CODE.code)));
  const constants = new Map<number, Float32Array>();
  const shapes = subgraph.tables(SUBGRAPH.tensors).map((tensor, i) => {
    const bytes = buffers[tensor.uint32(TENSOR.buffer)]!.bytes(BUFFER.data).slice();
    if (bytes.length > 0) constants.set(i, valuesOf(bytes, tensor.uint8(TENSOR.type)));
    return tensor.int32s(TENSOR.shape);
  });
  const nodes = subgraph.tables(SUBGRAPH.operators).map((operator): Node => {
    const name = codes[operator.uint32(OPERATOR.code)];
    if (!name) throw new Error('An operator is not known');
    const type = operator.uint8(OPERATOR.optionsType);
    const known = Object.values(OPTIONS).find((each) => each.type === type);
    const table = operator.table(OPERATOR.options);
    const options = (known?.fields ?? []).map((kind, id) => {
      if (!table) return 0;
      return kind === 'byte'
        ? table.uint8(id)
        : kind === 'int'
          ? table.uint32(id)
          : table.float32(id);
    });
    const [output] = operator.int32s(OPERATOR.outputs);
    return { operator: name, inputs: operator.int32s(OPERATOR.inputs), output: output!, options };
  });
  const [input] = subgraph.int32s(SUBGRAPH.inputs);
  const [output] = subgraph.int32s(SUBGRAPH.outputs);
  return { shapes, constants, nodes, input: input!, output: output! };
}

/**
 * Runs a TFLite model of `tfliteFiles` in plain JavaScript, to check what was written.
 *
 * @param picture `[1, size, size, 3]`, RGB from -1 to 1
 */
export function runTflite(model: DecodedTflite, picture: Float32Array): Float32Array {
  const tensors = new Map<number, Values>([
    [model.input, { shape: model.shapes[model.input]!, data: picture }],
  ]);
  for (const [index, data] of model.constants)
    tensors.set(index, { shape: model.shapes[index]!, data });
  for (const node of model.nodes) {
    const inputs = node.inputs.map((index) => tensors.get(index)!);
    tensors.set(node.output, runNode(node, inputs, model.shapes[node.output]!));
  }
  return tensors.get(model.output)!.data;
}

function valuesOf(bytes: Uint8Array<ArrayBuffer>, type: number): Float32Array {
  if (type === TYPE.float16) return fromFloat16(new Uint16Array(bytes.buffer));
  return type === TYPE.int32
    ? Float32Array.from(new Int32Array(bytes.buffer))
    : new Float32Array(bytes.buffer);
}

function runNode(
  { operator, options }: Node,
  inputs: readonly Values[],
  shape: readonly number[],
): Values {
  const x = inputs[0]!;
  const constant = (i: number) => inputs[i]!.data;
  const run = (kind: Kind, on: readonly Values[] = [x]): Values =>
    runOperation({ ...kind, inputs: [], output: '', shape: shape.slice(1) }, on);
  switch (operator) {
    case 'DEQUANTIZE':
      return x;
    case 'CONV_2D': {
      const [padding, strideX, strideY, clamp, dilationX, dilationY] = options as SixNumbers;
      const [out, rows, columns, depth] = inputs[1]!.shape as FourNumbers;
      const steps: Steps = { strides: [strideY, strideX], dilations: [dilationY, dilationX] };
      return run({
        kind: 'convolution',
        kernel: { shape: [rows, columns, depth, out], values: outLast(constant(1), out) },
        bias: constant(2),
        groups: 1,
        clamp: clampOf(clamp),
        padding: paddingOf(padding, x, shape, [rows, columns], steps),
        ...steps,
      });
    }
    case 'DEPTHWISE_CONV_2D': {
      const [padding, strideX, strideY, multiplier, ...others] = options as SevenNumbers;
      const [clamp, dilationX, dilationY] = others;
      const [, rows, columns, channels] = inputs[1]!.shape as FourNumbers;
      const steps: Steps = { strides: [strideY, strideX], dilations: [dilationY, dilationX] };
      return run({
        kind: 'depthwise',
        kernel: { shape: [rows, columns, channels / multiplier, multiplier], values: constant(1) },
        bias: constant(2),
        clamp: clampOf(clamp),
        padding: paddingOf(padding, x, shape, [rows, columns], steps),
        ...steps,
      });
    }
    case 'FULLY_CONNECTED':
      return run({
        kind: 'dense',
        kernel: outLast(constant(1), constant(2).length),
        bias: constant(2),
      });
    case 'SOFTMAX':
      return run({ kind: 'softmax' });
    case 'ADD': {
      const sum = run({ kind: 'add' }, inputs);
      return options[0] === CLAMP.relu
        ? run({ kind: 'curve', curve: { name: 'relu' } }, [sum])
        : sum;
    }
    case 'MUL':
      return run({ kind: 'multiply' }, inputs);
    case 'MAXIMUM':
      return run({ kind: 'maximum' }, inputs);
    case 'MINIMUM':
      return run({ kind: 'minimum' }, inputs);
    case 'RELU':
      return run({ kind: 'curve', curve: { name: 'relu' } });
    case 'RELU6':
      return run({ kind: 'curve', curve: { name: 'relu6' } });
    case 'LOGISTIC':
      return run({ kind: 'curve', curve: { name: 'sigmoid' } });
    case 'TANH':
      return run({ kind: 'curve', curve: { name: 'tanh' } });
    case 'HARD_SWISH':
      return run({ kind: 'curve', curve: { name: 'hardSwish' } });
    case 'LEAKY_RELU':
      return run({ kind: 'curve', curve: { name: 'leakyRelu', alpha: options[0]! } });
    case 'PRELU':
      return run({ kind: 'prelu', alpha: constant(1) });
    case 'MAX_POOL_2D':
    case 'AVERAGE_POOL_2D': {
      const [padding, strideX, strideY, width, height] = options as [
        number,
        number,
        number,
        number,
        number,
      ];
      const kind = operator === 'MAX_POOL_2D' ? 'maxPool' : 'averagePool';
      const [window, strides] = [
        [height, width],
        [strideY, strideX],
      ] as [[number, number], [number, number]];
      return run({
        kind,
        window,
        strides,
        padding: paddingOf(padding, x, shape, window, { strides, dilations: [1, 1] }),
      });
    }
    case 'MEAN':
      if (constant(1).length === 1) return run({ kind: 'meanOfViews' });
      return run({ kind: 'globalAverage', keepDims: options[0] === 1 });
    case 'REDUCE_MAX':
    case 'SUM':
      // Over places and anchors, see `logSumExp` in lower-to-tflite.ts.
      if (constant(1)[1] === 3) return reduced(x, shape, operator);
      return run({ kind: 'globalMaximum', keepDims: options[0] === 1 });
    case 'SUB': {
      const indexOf = broadcast(inputs[1]!.shape, shape);
      return { shape, data: x.data.map((value, i) => value - constant(1)[indexOf(i)]!) };
    }
    case 'EXP':
      return { shape, data: x.data.map(Math.exp) };
    case 'LOG':
      return { shape, data: x.data.map(Math.log) };
    case 'RESHAPE':
      return run({ kind: 'reshape' });
    case 'TRANSPOSE':
      return run({ kind: 'transpose', axes: [...constant(1)].slice(1) });
    case 'PAD': {
      const [, , top = 0, bottom = 0, left = 0, right = 0] = constant(1);
      return run({ kind: 'pad', padding: { top, bottom, left, right } });
    }
    case 'SLICE': {
      const [, top = 0, left = 0] = constant(1);
      return run({ kind: 'crop', padding: { top, left, bottom: 0, right: 0 } });
    }
    case 'RESIZE_NEAREST_NEIGHBOR': {
      const [height = 0, width = 0] = constant(1);
      return run({ kind: 'upsample', factors: [height / x.shape[1]!, width / x.shape[2]!] });
    }
    case 'REVERSE_V2': {
      const strides = stridesOf(x.shape).map((stride, axis) => (axis === 2 ? -stride : stride));
      const first = (x.shape[2]! - 1) * x.shape[3]!;
      return { shape, data: gather(x.data, x.shape, strides, first) };
    }
    case 'CONCATENATION': {
      if (options[0] !== 0) return run({ kind: 'concatenate' }, inputs);
      const data = new Float32Array(inputs.reduce((sum, each) => sum + each.data.length, 0));
      inputs.reduce((at, each) => (data.set(each.data, at), at + each.data.length), 0);
      return { shape, data };
    }
  }
}

type Pair = readonly [number, number];
type FourNumbers = [number, number, number, number];
type SixNumbers = [...FourNumbers, number, number];
type SevenNumbers = [...SixNumbers, number];

/** Down and across. */
interface Steps {
  readonly strides: Pair;
  readonly dilations: Pair;
}

function clampOf(value: number): Clamp {
  return value === CLAMP.relu6 ? 'relu6' : value === CLAMP.relu ? 'relu' : 'linear';
}

function paddingOf(
  padding: number,
  x: Values,
  shape: readonly number[],
  window: Pair,
  { strides, dilations }: Steps,
): Padding {
  if (padding !== PADDING.same) return NO_PADDING;
  const [rows, columns] = [0, 1].map((axis) => {
    const reach = (window[axis]! - 1) * dilations[axis]! + 1;
    return Math.max((shape[axis + 1]! - 1) * strides[axis]! + reach - x.shape[axis + 1]!, 0);
  }) as [number, number];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { top, left, bottom: rows - top, right: columns - left };
}

/** `[out, ...]` to `[..., out]` */
function outLast(values: Float32Array, out: number): Float32Array {
  const each = values.length / out;
  return values.map((_, i) => values[(i % out) * each + Math.floor(i / out)]!);
}
