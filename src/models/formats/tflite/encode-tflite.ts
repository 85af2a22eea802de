import { Builder } from 'flatbuffers';
import {
  BUFFER,
  METADATA,
  METADATA_NAME,
  MODEL,
  OPERATOR,
  OPERATOR_CODE,
  OPERATORS,
  OPTIONS,
  SUBGRAPH,
  TENSOR,
  type OperatorName,
} from './schema.ts';
import type { LiteGraph, LiteOperator, LiteTensor } from './tflite-graph.ts';

/** The version of the schema, and the file's identifier. */
const VERSION = 3;
const IDENTIFIER = 'TFL3';
/** Bytes to whose multiples the data of constants are aligned, as the schema asks. */
const ALIGNMENT = 16;

/**
 * The bytes of a TFLite file.
 *
 * @param metadata the bytes of the metadata
 */
export function encodeTflite(
  graph: LiteGraph,
  {
    input,
    output,
    description,
    metadata,
  }: {
    readonly input: string;
    readonly output: string;
    readonly description: string;
    readonly metadata: Uint8Array;
  },
): Uint8Array<ArrayBuffer> {
  const builder = new Builder(1024);
  // Buffer 0 is empty: that of every tensor that is no constant.
  const data = [undefined, ...graph.tensors.flatMap((tensor) => tensor.data ?? []), metadata];
  const buffers = data.map((bytes) => {
    if (!bytes) return table(builder, 1, () => undefined);
    builder.prep(ALIGNMENT, bytes.length);
    const vector = builder.createByteVector(bytes);
    return table(builder, 1, () => {
      builder.addFieldOffset(BUFFER.data, vector, 0);
    });
  });
  const used = [...new Set(graph.operators.map(({ operator }) => operator))];
  const codes = used.map((name) => operatorCode(builder, name));
  let constants = 0;
  const tensors = graph.tensors.map((tensor) => {
    return addTensor(builder, tensor, tensor.data ? ++constants : 0);
  });
  const operators = graph.operators.map((operator) => {
    return addOperator(builder, operator, used.indexOf(operator.operator));
  });
  const subgraph = addSubgraph(builder, graph, { tensors, operators, input, output });
  const name = builder.createString(METADATA_NAME);
  const entry = table(builder, 2, () => {
    builder.addFieldOffset(METADATA.name, name, 0);
    builder.addFieldInt32(METADATA.buffer, data.length - 1, 0);
  });
  const vectors = {
    codes: offsets(builder, codes),
    subgraphs: offsets(builder, [subgraph]),
    buffers: offsets(builder, buffers),
    metadata: offsets(builder, [entry]),
    description: builder.createString(description),
  };
  const model = table(builder, 8, () => {
    builder.addFieldInt32(MODEL.version, VERSION, 0);
    builder.addFieldOffset(MODEL.operatorCodes, vectors.codes, 0);
    builder.addFieldOffset(MODEL.subgraphs, vectors.subgraphs, 0);
    builder.addFieldOffset(MODEL.description, vectors.description, 0);
    builder.addFieldOffset(MODEL.buffers, vectors.buffers, 0);
    builder.addFieldOffset(MODEL.metadata, vectors.metadata, 0);
  });
  builder.finish(model, IDENTIFIER);
  return builder.asUint8Array().slice();
}

/** Makes a table. @param fill adds its fields; no other object may be begun meanwhile */
export function table(builder: Builder, fields: number, fill: () => void): number {
  builder.startObject(fields);
  fill();
  return builder.endObject();
}

/** A vector of tables or texts. @param values their offsets @returns its own offset */
export function offsets(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addOffset(value);
  return builder.endVector();
}

/** A vector of float32. @returns its offset, for a field of a table */
export function floats(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addFloat32(value);
  return builder.endVector();
}

function integers(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addInt32(value);
  return builder.endVector();
}

function operatorCode(builder: Builder, name: OperatorName): number {
  const [code, version] = OPERATORS[name];
  return table(builder, 4, () => {
    // Older readers only know this field, of one byte.
    builder.addFieldInt8(OPERATOR_CODE.oldCode, Math.min(code, 127), 0);
    builder.addFieldInt32(OPERATOR_CODE.version, version, 1);
    builder.addFieldInt32(OPERATOR_CODE.code, code, 0);
  });
}

function addTensor(builder: Builder, { name, shape, type }: LiteTensor, buffer: number): number {
  const [sides, text] = [integers(builder, shape), builder.createString(name)];
  return table(builder, 8, () => {
    builder.addFieldOffset(TENSOR.shape, sides, 0);
    builder.addFieldInt8(TENSOR.type, type, 0);
    builder.addFieldInt32(TENSOR.buffer, buffer, 0);
    builder.addFieldOffset(TENSOR.name, text, 0);
  });
}

function addOperator(
  builder: Builder,
  { inputs, outputs, options }: LiteOperator,
  code: number,
): number {
  const [reads, writes] = [integers(builder, inputs), integers(builder, outputs)];
  const { type, fields } = options ? OPTIONS[options.name] : { type: 0, fields: [] };
  const settings =
    options &&
    table(builder, fields.length, () => {
      options.values.forEach((value, id) => {
        const kind = fields[id]!;
        // Written also where it is the default, which differs from field to field.
        if (kind === 'byte') builder.addFieldInt8(id, value, -1);
        else if (kind === 'int') builder.addFieldInt32(id, value, -1);
        else builder.addFieldFloat32(id, value, NaN);
      });
    });
  return table(builder, 9, () => {
    builder.addFieldInt32(OPERATOR.code, code, 0);
    builder.addFieldOffset(OPERATOR.inputs, reads, 0);
    builder.addFieldOffset(OPERATOR.outputs, writes, 0);
    if (settings === undefined) return;
    builder.addFieldInt8(OPERATOR.optionsType, type, 0);
    builder.addFieldOffset(OPERATOR.options, settings, 0);
  });
}

function addSubgraph(
  builder: Builder,
  graph: LiteGraph,
  {
    tensors,
    operators,
    input,
    output,
  }: {
    readonly tensors: readonly number[];
    readonly operators: readonly number[];
    readonly input: string;
    readonly output: string;
  },
): number {
  const parts = {
    tensors: offsets(builder, tensors),
    inputs: integers(builder, [graph.indexOf(input)]),
    outputs: integers(builder, [graph.indexOf(output)]),
    operators: offsets(builder, operators),
    name: builder.createString('main'),
  };
  return table(builder, 5, () => {
    builder.addFieldOffset(SUBGRAPH.tensors, parts.tensors, 0);
    builder.addFieldOffset(SUBGRAPH.inputs, parts.inputs, 0);
    builder.addFieldOffset(SUBGRAPH.outputs, parts.outputs, 0);
    builder.addFieldOffset(SUBGRAPH.operators, parts.operators, 0);
    builder.addFieldOffset(SUBGRAPH.name, parts.name, 0);
  });
}
