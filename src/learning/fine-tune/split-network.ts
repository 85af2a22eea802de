import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { freezeLayers } from '../base/freeze-layers.ts';
import { FrozenNetwork } from '../base/frozen-network.ts';
import { Problem } from '../../problem.ts';
import { buildTail } from './build-tail.ts';
import { consumersOf, type Layer } from '../base/layer-graph.ts';
import { TrainableNetwork } from './trainable-network.ts';

/** A network in two: what stays as it is, and what learns. */
export interface SplitNetwork {
  /** From the pixels to the boundary activations. */
  readonly frozen: FrozenNetwork;
  /** From the boundary activations to the features. */
  readonly tail: TrainableNetwork;
}

/**
 * Splits a network for fine-tuning. The cut between the two parts is the last place at or before
 * `fromLayer` where a single tensor passes, so that one tensor a photo is kept: of MobileNetV2 from
 * layer 100 on (block_11_expand_relu) it is the output of block_10_project_BN, because block 11's
 * shortcut reads it too. Layers between the cut and `fromLayer` run in the tail and do not learn.
 *
 * @param model one input and one output; it is disposed
 * @param fromLayer the first layer that learns, by Keras's name or by place in `model.layers`
 * @throws Problem `base` where there is no such layer, or one that cannot learn
 */
export function splitNetwork(model: LayersModel, fromLayer: string | number): SplitNetwork {
  const from = layerIndex(model, fromLayer);
  const { index, boundary } = findCut(model, from);
  const layers = model.layers.slice(index);
  const { steps, constants } = buildTail(layers, new Set(model.layers.slice(from)));
  for (const layer of layers) for (const weight of layer.weights) weight.dispose();
  const shape = (boundary.output as SymbolicTensor).shape.slice(1) as number[];
  const input = { name: boundary.name, shape };
  return {
    frozen: freezeUpTo(model, boundary),
    tail: new TrainableNetwork(input, model.outputLayers[0]!.name, steps, constants),
  };
}

/** The layers that learn, in order. @throws Problem `base` where there is no such layer */
export function learningLayers(model: LayersModel, fromLayer: string | number): readonly Layer[] {
  return model.layers.slice(layerIndex(model, fromLayer));
}

function layerIndex(model: LayersModel, fromLayer: string | number): number {
  const index =
    typeof fromLayer === 'number'
      ? fromLayer
      : model.layers.findIndex(({ name }) => name === fromLayer);
  // The first is the input.
  if (index >= 1 && index < model.layers.length) return index;
  throw new Problem('base', 'This base model has no such layer to fine-tune from.', {
    cause: String(fromLayer),
  });
}

/** The last place at or before layer `from` where one tensor passes, and the layer it comes from. */
function findCut(model: LayersModel, from: number): { index: number; boundary: Layer } {
  const consumers = consumersOf(model.layers);
  const places = new Map(model.layers.map((layer, place) => [layer, place]));
  for (let index = from; index > 0; index--) {
    const passing = model.layers
      .slice(0, index)
      .filter((layer) => consumers.get(layer)?.some((reader) => places.get(reader)! >= index));
    if (passing.length === 1) return { index, boundary: passing[0]! };
  }
  throw new Problem('base', 'This base model cannot be split for fine-tuning.');
}

function freezeUpTo(model: LayersModel, boundary: Layer): FrozenNetwork {
  const input = model.inputLayers[0]!.name;
  if (boundary.name === input) {
    const copy = {
      inputs: [input],
      output: 'copy',
      run: ([x]: readonly tf.Tensor[]) => tf.clone(x!),
    };
    return new FrozenNetwork(input, copy.output, [copy], () => undefined);
  }
  const part = makeModel({ inputs: model.inputs, outputs: boundary.output });
  return freezeLayers(part);
}
