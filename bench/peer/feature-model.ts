import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeNetwork } from '../../src/learning/export/describe-network.ts';
import { onnxFiles } from '../../src/models/formats/onnx/write-onnx.ts';
import type { Program } from '../../src/models/formats/operations/operation.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { encodeTflite } from '../../src/models/formats/tflite/encode-tflite.ts';
import { lowerToTflite } from '../../src/models/formats/tflite/lower-to-tflite.ts';
import type { LiteGraph } from '../../src/models/formats/tflite/tflite-graph.ts';
import { fromFloat16 } from '../../src/platform/float16.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';

/** A base in the formats of other runtimes, written as the app exports models. */
export interface FeatureModels {
  /** From `image`, `[batch, 3, size, size]`, RGB from -1 to 1, to `[batch, featureLength]`. */
  readonly onnx: Uint8Array<ArrayBuffer>;
  /** From `[batch, size, size, 3]`, RGB from -1 to 1, to `[batch, featureLength]`. */
  readonly tflite: Uint8Array<ArrayBuffer>;
}

/**
 * Writes a base, from pixels to pooled features.
 *
 * @param batch the number of pictures in the TFLite file; in the ONNX file it is free
 */
export function featureModels(
  layers: LayersModel,
  { inputRange: range, preprocessing: mode, featureLength }: BaseSpec,
  batch: number,
): FeatureModels {
  const program = featureProgram(layers, { range, ...(mode && { mode }) }, featureLength);
  const [onnx] = onnxFiles(program, 'bench');
  const graph = lowerToTflite(program);
  storeFloats(graph);
  // The exporter writes a graph for one picture.
  graph.tensors.forEach((tensor, index) => {
    if (tensor.data) return;
    graph.tensors[index] = { ...tensor, shape: [batch, ...tensor.shape.slice(1)] };
  });
  const { input, probabilities: output } = program;
  const metadata = new Uint8Array(0);
  const tflite = encodeTflite(graph, { input, output, description: 'bench', metadata });
  return { onnx: onnx!.bytes, tflite };
}

/** Stores the weights in float32, because LiteRT.js would convert them from float16 in each pass. */
function storeFloats(graph: LiteGraph): void {
  for (let index = graph.operators.length - 1; index >= 0; index--) {
    const { operator, inputs, outputs } = graph.operators[index]!;
    if (operator !== 'DEQUANTIZE') continue;
    const [from, to] = [inputs[0]!, outputs[0]!];
    const halves = new Uint16Array(graph.tensors[from]!.data!.slice().buffer);
    const data = new Uint8Array(fromFloat16(halves).buffer);
    graph.tensors[to] = { ...graph.tensors[to]!, data };
    graph.operators.splice(index, 1);
  }
}

/** The program of the app's exports, without its head. */
function featureProgram(
  layers: LayersModel,
  scaling: Parameters<typeof describeNetwork>[1],
  featureLength: number,
): Program {
  const program = programOf(
    {
      base: describeNetwork(layers, scaling),
      labels: ['0', '1'],
      head: { kernel: new Float32Array(featureLength), bias: new Float32Array(1) },
      ...{ temperature: 1, mirrored: false },
      novelty: { references: new Float32Array(featureLength), neighbours: 1, threshold: 1 },
    },
    { mirror: false, novelty: false },
  );
  const head = program.operations.findIndex(({ kind }) => kind === 'dense');
  return {
    ...program,
    operations: program.operations.slice(0, head),
    probabilities: program.operations[head]!.inputs[0]!,
    labels: Array.from({ length: featureLength }, (_, index) => String(index)),
  };
}
