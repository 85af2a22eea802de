import { model as makeModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from './layer-graph.ts';

/**
 * Layers that always reduce a feature map to a vector. Other pooling layers can also do so, if the
 * map has the size of their window.
 */
const REDUCES = /^(Keepdims)?Global(Average|Max)Pooling2D$|^Flatten$/;

/** Layers that a classifier can consist of, between the features of a network and its output. */
const TOP = new Set([
  'Activation',
  'AveragePooling2D',
  'BatchNormalization',
  'Conv2D',
  'Dense',
  'Dropout',
  'Flatten',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'KeepdimsGlobalAveragePooling2D',
  'KeepdimsGlobalMaxPooling2D',
  'LayerNormalization',
  'MaxPooling2D',
  'Permute',
  'ReLU',
  'Reshape',
  'Softmax',
]);

/**
 * Removes the classifier of a network and the pooling before it. The remaining network ends at the
 * last feature map, `[batch, h, w, channels]`, which class activation maps need, or, if there is no
 * feature map, at the vector that the first dense layer of the classifier reads. A network without
 * a classifier stays unchanged.
 *
 * @param model has one input and one output; the weights of removed layers are disposed
 * @returns a model made of the same layer objects
 */
export function cutClassifier(model: LayersModel): LayersModel {
  const output = featuresOf(model);
  if (output === model.outputs[0]) return model;
  const cut = makeModel({ inputs: model.inputs, outputs: output, name: model.name });
  const remaining = new Set(cut.layers);
  for (const layer of model.layers) {
    if (!remaining.has(layer)) for (const weight of layer.weights) weight.dispose();
  }
  return cut;
}

/** The output of the last layer before the classifier. */
function featuresOf(model: LayersModel): SymbolicTensor {
  let reduced: SymbolicTensor | undefined;
  let dense: SymbolicTensor | undefined;
  let tensor = model.outputs[0]!;
  // A feature map with more than one position is not part of a classifier.
  while (!isMap(tensor) || tensor === model.outputs[0]) {
    const layer: Layer = tensor.sourceLayer;
    const node = layer.inboundNodes[tensor.nodeIndex];
    const read = node?.inputTensors[0];
    const kind = layer.getClassName();
    if (!read || node.inputTensors.length !== 1 || !TOP.has(kind)) break;
    if (isReduction(kind, read, tensor)) reduced = read;
    else if (isMap(tensor)) break;
    if (kind === 'Dense') dense = read;
    tensor = read;
  }
  return reduced ?? dense ?? model.outputs[0]!;
}

/** Whether a layer reduces a feature map to one value per channel, or flattens it. */
function isReduction(kind: string, read: SymbolicTensor, made: SymbolicTensor): boolean {
  if (read.shape.length !== 4) return false;
  if (REDUCES.test(kind)) return true;
  const becomesOnePosition = isMap(read) && !isMap(made);
  return becomesOnePosition && (kind === 'AveragePooling2D' || kind === 'Reshape');
}

/**
 * Whether a tensor is a feature map with more than one position; an unknown size counts as more.
 */
function isMap({ shape }: SymbolicTensor): boolean {
  return shape.length === 4 && !(shape[1] === 1 && shape[2] === 1);
}
