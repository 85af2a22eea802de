import { model as makeModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from './layer-graph.ts';

/** Layers that turn a feature map into a vector; a pool can also do so, at the size it was made for. */
const REDUCES = /^(Keepdims)?Global(Average|Max)Pooling2D$|^Flatten$/;

/** Layers of the classifiers on top of a network, between its features and its answer. */
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
 * Takes the classifier off a network, and the pooling under it: what is left ends at its last feature
 * map, `[batch, h, w, channels]`, as class activation maps want it, or, where it has none, at the
 * vector that the first dense layer of its classifier reads. A network that ends in a feature map, or
 * in neither, stays as it is.
 *
 * @param model one input and one output; the weights of what is cut off are disposed with the cut
 * @returns a model of the same layers
 */
export function cutClassifier(model: LayersModel): LayersModel {
  const output = featuresOf(model);
  if (output === model.outputs[0]) return model;
  const cut = makeModel({ inputs: model.inputs, outputs: output, name: model.name });
  const kept = new Set(cut.layers);
  for (const layer of model.layers) {
    if (!kept.has(layer)) for (const weight of layer.weights) weight.dispose();
  }
  return cut;
}

function featuresOf(model: LayersModel): SymbolicTensor {
  let reduced: SymbolicTensor | undefined;
  let dense: SymbolicTensor | undefined;
  let tensor = model.outputs[0]!;
  // A feature map of more than one place is no part of a classifier.
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

function isReduction(kind: string, read: SymbolicTensor, made: SymbolicTensor): boolean {
  if (read.shape.length !== 4) return false;
  if (REDUCES.test(kind)) return true;
  const becomesOnePlace = isMap(read) && !isMap(made);
  return becomesOnePlace && (kind === 'AveragePooling2D' || kind === 'Reshape');
}

/** A feature map of more than one place, as far as is known. */
function isMap({ shape }: SymbolicTensor): boolean {
  return shape.length === 4 && !(shape[1] === 1 && shape[2] === 1);
}
