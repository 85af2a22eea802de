import { Builder } from 'flatbuffers';
import { floats, offsets, table } from './encode-tflite.ts';
import {
  ASSOCIATED_FILE,
  CONTENT,
  CONTENT_TYPE,
  IMAGE,
  LABELS_FILE,
  MODEL_METADATA,
  NORMALIZATION,
  NORMALIZATION_TYPE,
  PROCESS_UNIT,
  RGB,
  STATS,
  SUBGRAPH_METADATA,
  TENSOR_AXIS_LABELS,
  TENSOR_METADATA,
} from './schema.ts';

/** Mean and standard deviation that map pixels, 0 to 255, to -1 to 1. */
const PIXELS = 127.5;

/** The bytes of the metadata: how pixels are normalised, and where the labels are. */
export function encodeMetadata(name: string, description: string): Uint8Array {
  const builder = new Builder(512);
  const metadata = addModel(builder, name, description);
  builder.finish(metadata, 'M001');
  return builder.asUint8Array().slice();
}

function addModel(builder: Builder, name: string, description: string): number {
  const image = table(builder, 2, () => {
    builder.addFieldInt8(IMAGE.colorSpace, RGB, 0);
  });
  const normalization = addNormalization(builder);
  const input = addTensor(builder, {
    name: 'image',
    description: 'RGB',
    content: [CONTENT_TYPE.image, image],
    range: [-1, 1],
    processUnits: [normalization],
  });
  const feature = table(builder, 0, () => undefined);
  const output = addTensor(builder, {
    name: 'probability',
    description: 'The probability of each class',
    content: [CONTENT_TYPE.feature, feature],
    range: [0, 1],
    files: [addLabelsFile(builder)],
  });
  const [inputs, outputs] = [offsets(builder, [input]), offsets(builder, [output])];
  const subgraph = table(builder, 7, () => {
    builder.addFieldOffset(SUBGRAPH_METADATA.inputs, inputs, 0);
    builder.addFieldOffset(SUBGRAPH_METADATA.outputs, outputs, 0);
  });
  const parts = {
    name: builder.createString(name),
    description: builder.createString(description),
    subgraphs: offsets(builder, [subgraph]),
    version: builder.createString('1.0.0'),
  };
  return table(builder, 8, () => {
    builder.addFieldOffset(MODEL_METADATA.name, parts.name, 0);
    builder.addFieldOffset(MODEL_METADATA.description, parts.description, 0);
    builder.addFieldOffset(MODEL_METADATA.subgraphs, parts.subgraphs, 0);
    builder.addFieldOffset(MODEL_METADATA.minParserVersion, parts.version, 0);
  });
}

function addNormalization(builder: Builder): number {
  const [mean, std] = [floats(builder, [PIXELS]), floats(builder, [PIXELS])];
  const options = table(builder, 2, () => {
    builder.addFieldOffset(NORMALIZATION.mean, mean, 0);
    builder.addFieldOffset(NORMALIZATION.std, std, 0);
  });
  return table(builder, 2, () => {
    builder.addFieldInt8(PROCESS_UNIT.type, NORMALIZATION_TYPE, 0);
    builder.addFieldOffset(PROCESS_UNIT.options, options, 0);
  });
}

function addLabelsFile(builder: Builder): number {
  const [name, description] = [LABELS_FILE, 'The name of each class'].map((text) =>
    builder.createString(text),
  );
  return table(builder, 5, () => {
    builder.addFieldOffset(ASSOCIATED_FILE.name, name!, 0);
    builder.addFieldOffset(ASSOCIATED_FILE.description, description!, 0);
    builder.addFieldInt8(ASSOCIATED_FILE.type, TENSOR_AXIS_LABELS, 0);
  });
}

interface TensorFacts {
  readonly name: string;
  readonly description: string;
  /** The type and the table of its content. */
  readonly content: readonly [number, number];
  readonly range: readonly [number, number];
  readonly processUnits?: readonly number[];
  readonly files?: readonly number[];
}

function addTensor(builder: Builder, facts: TensorFacts): number {
  const [type, properties] = facts.content;
  const content = table(builder, 3, () => {
    builder.addFieldInt8(CONTENT.type, type, 0);
    builder.addFieldOffset(CONTENT.properties, properties, 0);
  });
  const [min, max] = [floats(builder, [facts.range[0]]), floats(builder, [facts.range[1]])];
  const stats = table(builder, 2, () => {
    builder.addFieldOffset(STATS.max, max, 0);
    builder.addFieldOffset(STATS.min, min, 0);
  });
  const parts = {
    name: builder.createString(facts.name),
    description: builder.createString(facts.description),
    units: facts.processUnits && offsets(builder, facts.processUnits),
    files: facts.files && offsets(builder, facts.files),
  };
  return table(builder, 7, () => {
    builder.addFieldOffset(TENSOR_METADATA.name, parts.name, 0);
    builder.addFieldOffset(TENSOR_METADATA.description, parts.description, 0);
    builder.addFieldOffset(TENSOR_METADATA.content, content, 0);
    if (parts.units !== undefined)
      builder.addFieldOffset(TENSOR_METADATA.processUnits, parts.units, 0);
    builder.addFieldOffset(TENSOR_METADATA.stats, stats, 0);
    if (parts.files !== undefined) builder.addFieldOffset(TENSOR_METADATA.files, parts.files, 0);
  });
}
