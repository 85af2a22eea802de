import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Activation } from '../kernels/activation.ts';

export type Layer = LayersModel['layers'][number];

/** For each layer, the layers that read its output. */
export type Consumers = ReadonlyMap<Layer, readonly Layer[]>;

/** The layers that a fused operation computes together with a convolution. */
export interface Fusion {
  /** The layer whose output is the output of the fused operation. */
  readonly last: Layer;
  /** The batch normalization, if one is fused. */
  readonly norm?: Layer;
  readonly activation: Activation;
}

/** For each of these layers, the layers among them that read its output; only first calls count. */
export function consumersOf(layers: readonly Layer[]): Consumers {
  const consumers = new Map<Layer, Layer[]>();
  for (const layer of layers) {
    for (const before of inputLayers(layer)) {
      consumers.set(before, [...(consumers.get(before) ?? []), layer]);
    }
  }
  return consumers;
}

/**
 * The layers whose outputs a layer reads, in the order of its first call; none for an InputLayer.
 */
export function inputLayers(layer: Layer): readonly Layer[] {
  return layer.inboundNodes[0]?.inboundLayers ?? [];
}

/** The batch normalization and the activation after a convolution that can be fused with it. */
export function fusionAfter(layer: Layer, consumers: Consumers): Fusion {
  const own = activationOf(layer);
  if (own && own !== 'linear') return { last: layer, activation: own };
  const after = onlyConsumer(layer, consumers, 'BatchNormalization');
  const norm = after && normalizesChannels(after) ? after : undefined;
  const last = norm ?? layer;
  const activationLayer = onlyConsumer(last, consumers, 'ReLU', 'Activation');
  const activation = activationLayer && activationOf(activationLayer);
  return {
    last: activation ? activationLayer : last,
    activation: activation ?? 'linear',
    ...(norm && { norm }),
  };
}

/** The activation of a layer; undefined if the fused kernels do not support it. */
export function activationOf(layer: Layer): Activation | undefined {
  const config = layer.getConfig();
  if (layer.getClassName() === 'ReLU') {
    if (config['negativeSlope'] || config['threshold']) return undefined;
    const max = config['maxValue'] as number | null | undefined;
    return max == null ? 'relu' : max === 6 ? 'relu6' : undefined;
  }
  const name = config['activation'];
  return name === 'linear' || name === 'relu' || name === 'relu6' ? name : undefined;
}

/** Whether the normalized axis is the last of `[batch, h, w, channels]`; no other can be folded. */
function normalizesChannels(layer: Layer): boolean {
  const { axis } = layer.getConfig() as { axis?: number };
  return axis === -1 || axis === 3;
}

function onlyConsumer(layer: Layer, consumers: Consumers, ...kinds: string[]): Layer | undefined {
  const [only, ...others] = consumers.get(layer) ?? [];
  return only && others.length === 0 && kinds.includes(only.getClassName()) ? only : undefined;
}

/** Runs a layer in inference mode. Add runs without tfjs-layers, which saves one operation. */
export function callLayer(layer: Layer, inputs: readonly tf.Tensor[]): tf.Tensor {
  if (layer.getClassName() === 'Add') return tf.addN([...inputs]);
  const output = layer.call([...inputs], { training: false });
  return Array.isArray(output) ? output[0]! : output;
}

/** Disposes the weights of a model that `loadLayers` returned. */
export function disposeLayers(model: LayersModel): void {
  for (const weight of model.weights) weight.dispose();
}

/** Makes something of a model; if that throws, the model's weights are disposed. */
export function disposeLayersIfThrown<Result>(model: LayersModel, make: () => Result): Result {
  try {
    return make();
  } catch (thrown) {
    disposeLayers(model);
    throw thrown;
  }
}
