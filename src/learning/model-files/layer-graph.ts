import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Activation } from '../kernels/activation.ts';

export type Layer = LayersModel['layers'][number];

/** By layer, those that read its output. */
export type Consumers = ReadonlyMap<Layer, readonly Layer[]>;

/** Layers that join a convolution in one operation. */
export interface Fusion {
  /** The layer whose output the operation gives. */
  readonly last: Layer;
  readonly norm?: Layer;
  readonly activation: Activation;
}

export function consumersOf(layers: readonly Layer[]): Consumers {
  const consumers = new Map<Layer, Layer[]>();
  for (const layer of layers) {
    for (const before of inputLayers(layer)) {
      consumers.set(before, [...(consumers.get(before) ?? []), layer]);
    }
  }
  return consumers;
}

export function inputLayers(layer: Layer): readonly Layer[] {
  return layer.inboundNodes[0]?.inboundLayers ?? [];
}

/** The batch normalisation and the activation that can join a convolution. */
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

/** The activation as the fused kernels know it; undefined where they do not. */
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

/** Along the last axis of `[batch, h, w, channels]`; only that can be folded. */
function normalizesChannels(layer: Layer): boolean {
  const { axis } = layer.getConfig() as { axis?: number };
  return axis === -1 || axis === 3;
}

function onlyConsumer(layer: Layer, consumers: Consumers, ...kinds: string[]): Layer | undefined {
  const [only, ...others] = consumers.get(layer) ?? [];
  return only && others.length === 0 && kinds.includes(only.getClassName()) ? only : undefined;
}
