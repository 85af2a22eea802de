import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { findCut, type Cut } from '../model-files/find-cut.ts';
import { frozenNetwork } from '../network/build-frozen-network.ts';
import { frozenList, type FrozenList } from '../network/frozen-list.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { disposeLayersIfThrown, type Layer } from '../model-files/layer-graph.ts';
import { buildTail } from './build-tail.ts';
import { TrainableNetwork } from './trainable-network.ts';

/** A network split into a frozen and a trainable part. */
export interface SplitNetwork<Frozen = FrozenNetwork> {
  /** From the pixels to the boundary activations. */
  readonly frozen: Frozen;
  /** From the boundary activations to the features. */
  readonly tail: TrainableNetwork;
}

/**
 * Splits a network for fine-tuning, at the cut that `findCut` finds. For MobileNetV2 from layer 100
 * on (block_11_expand_relu), the boundary is the output of block_10_project_BN, because the
 * shortcut of block 11 reads it too. Layers between the cut and `fromLayer` run in the tail but are
 * not trained.
 *
 * @param model has one input and one output; it is always disposed, also if this throws
 * @param fromLayer the first trainable layer, by Keras name or by index in `model.layers`
 * @throws Problem `base` as `findCut`
 */
export function splitNetwork(model: LayersModel, fromLayer: string | number): SplitNetwork {
  const { frozen, tail } = splitList(model, fromLayer);
  return { tail, frozen: disposeTailIfThrown(tail, () => frozenNetwork(frozen)) };
}

/** As `splitNetwork`, with a frozen part that does not run yet. @throws Problem `base` */
export function splitList(
  model: LayersModel,
  fromLayer: string | number,
): SplitNetwork<FrozenList> {
  const cut = cutOrDispose(model, fromLayer);
  const tail = tailAfter(model, cut);
  return { tail, frozen: disposeTailIfThrown(tail, () => listUpTo(model, cut.boundary)) };
}

function disposeTailIfThrown<Result>(tail: TrainableNetwork, make: () => Result): Result {
  try {
    return make();
  } catch (thrown) {
    tail.dispose();
    throw thrown;
  }
}

/** Copies the layers after a cut and disposes them; if this throws, it disposes the whole model. */
function tailAfter(model: LayersModel, { from, index, boundary }: Cut): TrainableNetwork {
  const layers = model.layers.slice(index);
  const shape = (boundary.output as SymbolicTensor).shape.slice(1) as number[];
  const input = { name: boundary.name, shape };
  return disposeLayersIfThrown(model, () => {
    const { steps, constants } = buildTail(layers, new Set(model.layers.slice(from)));
    for (const layer of layers) for (const weight of layer.weights) weight.dispose();
    return new TrainableNetwork(input, model.outputLayers[0]!.name, steps, constants);
  });
}

/**
 * Calls `findCut`, and disposes the model's weights if there is no cut.
 *
 * @throws Problem `base` as `findCut`
 */
export function cutOrDispose(model: LayersModel, fromLayer: string | number): Cut {
  return disposeLayersIfThrown(model, () => findCut(model, fromLayer));
}

function listUpTo(model: LayersModel, boundary: Layer): FrozenList {
  const input = model.inputLayers[0]!.name;
  if (boundary.name === input) {
    const run = ([x]: readonly tf.Tensor[]) => tf.clone(x!);
    const copy = { inputs: [input], output: 'copy', run, planned: 'identity' } as const;
    return { input, output: copy.output, entries: [copy], dispose: () => undefined };
  }
  return frozenList(makeModel({ inputs: model.inputs, outputs: boundary.output }));
}
