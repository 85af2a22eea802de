import { PbfReader, PbfWriter } from 'pbf';

/**
 * The parts of ONNX that are written, with the field numbers of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */

/** An attribute of a node. */
type Attribute = number | string | readonly number[];

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers are written as INT, others as FLOAT; see `float`. */
  readonly attributes: Readonly<Record<string, Attribute | { readonly float: number }>>;
}

/** A constant: float32 or int64. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** An input or output of the graph; a text is the name of a free dimension. */
interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly producer: string;
}

/** ONNX 1.12: opset 17, the first with LayerNormalization. */
const OPSET = 17;
const IR_VERSION = 8;

const MODEL = { irVersion: 1, producer: 2, graph: 7, opsets: 8, metadata: 14 } as const;
const OPERATOR_SET = { domain: 1, version: 2 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const GRAPH = { nodes: 1, name: 2, tensors: 5, inputs: 11, outputs: 12 } as const;
const NODE = { inputs: 1, outputs: 2, name: 3, type: 4, attributes: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, int: 3, text: 4, ints: 8, type: 20 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, text: 3, ints: 7 } as const;
const TENSOR = { shape: 1, type: 2, name: 8, bytes: 9 } as const;
const FLOAT = 1;
const INT64 = 7;
const VALUE = { name: 1, type: 2 } as const;
const TENSOR_TYPE = 1;
const TYPE = { element: 1, shape: 2 } as const;
const DIMENSION = 1;
const SIDE = { value: 1, name: 2 } as const;

/** The bytes of an ONNX file. */
export function encodeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  pbf.writeVarintField(MODEL.irVersion, IR_VERSION);
  pbf.writeStringField(MODEL.producer, model.producer);
  pbf.writeMessage(MODEL.graph, writeGraph, model);
  pbf.writeMessage(MODEL.opsets, writeOpset, OPSET);
  for (const entry of Object.entries(model.metadata))
    pbf.writeMessage(MODEL.metadata, writeEntry, entry);
  return new Uint8Array(pbf.finish());
}

function writeOpset(version: number, pbf: PbfWriter): void {
  pbf.writeStringField(OPERATOR_SET.domain, '');
  pbf.writeVarintField(OPERATOR_SET.version, version);
}

function writeEntry([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(ENTRY.key, key);
  pbf.writeStringField(ENTRY.value, value);
}

function writeGraph({ nodes, tensors, inputs, outputs }: OnnxModel, pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(GRAPH.nodes, writeNode, node);
  pbf.writeStringField(GRAPH.name, 'purrceptron');
  for (const tensor of tensors) pbf.writeMessage(GRAPH.tensors, writeTensor, tensor);
  for (const value of inputs) pbf.writeMessage(GRAPH.inputs, writeValue, value);
  for (const value of outputs) pbf.writeMessage(GRAPH.outputs, writeValue, value);
}

function writeNode({ type, inputs, outputs, attributes }: OnnxNode, pbf: PbfWriter): void {
  for (const name of inputs) pbf.writeStringField(NODE.inputs, name);
  for (const name of outputs) pbf.writeStringField(NODE.outputs, name);
  pbf.writeStringField(NODE.name, `${outputs[0]!}:${type}`);
  pbf.writeStringField(NODE.type, type);
  for (const entry of Object.entries(attributes)) {
    pbf.writeMessage(NODE.attributes, writeAttribute, entry);
  }
}

type NamedAttribute = readonly [string, Attribute | { readonly float: number }];

function writeAttribute([name, value]: NamedAttribute, pbf: PbfWriter): void {
  pbf.writeStringField(ATTRIBUTE.name, name);
  let type: number;
  if (typeof value === 'number') {
    pbf.writeVarintField(ATTRIBUTE.int, value);
    type = ATTRIBUTE_TYPE.int;
  } else if (typeof value === 'string') {
    pbf.writeStringField(ATTRIBUTE.text, value);
    type = ATTRIBUTE_TYPE.text;
  } else if ('float' in value) {
    pbf.writeFloatField(ATTRIBUTE.float, value.float);
    type = ATTRIBUTE_TYPE.float;
  } else {
    for (const each of value) pbf.writeVarintField(ATTRIBUTE.ints, each);
    type = ATTRIBUTE_TYPE.ints;
  }
  pbf.writeVarintField(ATTRIBUTE.type, type);
}

function writeTensor({ name, shape, values }: OnnxTensor, pbf: PbfWriter): void {
  for (const side of shape) pbf.writeVarintField(TENSOR.shape, side);
  pbf.writeVarintField(TENSOR.type, values instanceof Float32Array ? FLOAT : INT64);
  pbf.writeStringField(TENSOR.name, name);
  const { buffer, byteOffset, byteLength } = values;
  pbf.writeBytesField(TENSOR.bytes, new Uint8Array(buffer, byteOffset, byteLength));
}

function writeValue({ name, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(VALUE.name, name);
  pbf.writeMessage(VALUE.type, writeType, shape);
}

type Shape = OnnxValue['shape'];

function writeType(shape: Shape, pbf: PbfWriter): void {
  pbf.writeMessage(TENSOR_TYPE, writeTensorType, shape);
}

function writeTensorType(shape: Shape, pbf: PbfWriter): void {
  pbf.writeVarintField(TYPE.element, FLOAT);
  pbf.writeMessage(TYPE.shape, writeShape, shape);
}

function writeShape(shape: Shape, pbf: PbfWriter): void {
  for (const side of shape) pbf.writeMessage(DIMENSION, writeSide, side);
}

function writeSide(side: number | string, pbf: PbfWriter): void {
  if (typeof side === 'number') pbf.writeVarintField(SIDE.value, side);
  else pbf.writeStringField(SIDE.name, side);
}

/** What `decodeOnnx` gives of a file: all that a runtime needs to run it. */
export type DecodedOnnx = Pick<OnnxModel, 'nodes' | 'tensors' | 'metadata'> & {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
};

/** Reads the bytes of `encodeOnnx`. */
export function decodeOnnx(bytes: Uint8Array): DecodedOnnx {
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  const metadata: Record<string, string> = {};
  const inputs: string[] = [];
  const outputs: string[] = [];
  eachField(new PbfReader(bytes), (tag, pbf) => {
    if (tag === MODEL.graph) {
      eachMessage(pbf, (tag) => {
        if (tag === GRAPH.nodes) nodes.push(readNode(pbf));
        else if (tag === GRAPH.tensors) tensors.push(readTensor(pbf));
        else if (tag === GRAPH.inputs) inputs.push(readName(pbf));
        else if (tag === GRAPH.outputs) outputs.push(readName(pbf));
      });
    } else if (tag === MODEL.metadata) {
      let key = '';
      eachMessage(pbf, (tag) => {
        if (tag === ENTRY.key) key = pbf.readString();
        else if (tag === ENTRY.value) metadata[key] = pbf.readString();
      });
    }
  });
  return { nodes, tensors, metadata, inputs, outputs };
}

function readNode(pbf: PbfReader): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxNode['attributes'][string]> = {};
  let type = '';
  eachMessage(pbf, (tag) => {
    if (tag === NODE.inputs) inputs.push(pbf.readString());
    else if (tag === NODE.outputs) outputs.push(pbf.readString());
    else if (tag === NODE.type) type = pbf.readString();
    else if (tag === NODE.attributes) {
      let name = '';
      const ints: number[] = [];
      let value: OnnxNode['attributes'][string] = ints;
      eachMessage(pbf, (tag) => {
        if (tag === ATTRIBUTE.name) name = pbf.readString();
        else if (tag === ATTRIBUTE.int) value = pbf.readVarint(true);
        else if (tag === ATTRIBUTE.float) value = { float: pbf.readFloat() };
        else if (tag === ATTRIBUTE.text) value = pbf.readString();
        else if (tag === ATTRIBUTE.ints) ints.push(pbf.readVarint(true));
      });
      attributes[name] = value;
    }
  });
  return { type, inputs, outputs, attributes };
}

function readTensor(pbf: PbfReader): OnnxTensor {
  const shape: number[] = [];
  let name = '';
  let type = 0;
  let bytes = new Uint8Array();
  eachMessage(pbf, (tag) => {
    if (tag === TENSOR.shape) shape.push(pbf.readVarint());
    else if (tag === TENSOR.type) type = pbf.readVarint();
    else if (tag === TENSOR.name) name = pbf.readString();
    // A copy, which begins at an address that typed arrays accept.
    else if (tag === TENSOR.bytes) bytes = new Uint8Array(pbf.readBytes());
  });
  const values = type === FLOAT ? new Float32Array(bytes.buffer) : new BigInt64Array(bytes.buffer);
  return { name, shape, values };
}

function readName(pbf: PbfReader): string {
  let name = '';
  eachMessage(pbf, (tag) => {
    if (tag === VALUE.name) name = pbf.readString();
  });
  return name;
}

function eachField(pbf: PbfReader, read: (tag: number, pbf: PbfReader) => void): void {
  pbf.readFields((tag) => {
    read(tag, pbf);
  }, undefined);
}

/** Reads the fields of the message that begins here. */
function eachMessage(pbf: PbfReader, read: (tag: number) => void): void {
  pbf.readMessage((tag) => {
    read(tag);
  }, undefined);
}
