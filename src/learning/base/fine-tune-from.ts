import type { LayersModel } from '@tensorflow/tfjs-layers';
import { activationOf, type Layer } from './layer-graph.ts';

/**
 * The first layer from which on a base can be fine-tuned: from there to its end the layers with
 * weights are convolutions and batch normalisations that `fine-tune/` has gradients for.
 *
 * @returns undefined where its last layers with weights are of another kind
 */
export function fineTuneFrom({ layers }: LayersModel): string | undefined {
  const stops = layers.findLastIndex((layer) => !canLearn(layer));
  const behind = layers.slice(Math.max(stops + 1, 1));
  return behind.find(({ weights }) => weights.length > 0)?.name;
}

/**
 * Whether `fine-tune/` can run a layer forwards and backwards: it is called once, and has no weights,
 * or is a convolution or batch normalisation of the kinds that there are gradients for.
 */
export function canLearn(layer: Layer): boolean {
  if (layer.weights.length === 0) return layer.inboundNodes.length === 1;
  const config = layer.getConfig();
  const kind = layer.getClassName();
  const one = (value: unknown) => value == null || [value].flat().every((each) => each === 1);
  if (layer.inboundNodes.length !== 1) return false;
  if (kind === 'BatchNormalization') return config['axis'] === -1 || config['axis'] === 3;
  return (
    (kind === 'Conv2D' || kind === 'DepthwiseConv2D') &&
    activationOf(layer) !== undefined &&
    config['dataFormat'] !== 'channelsFirst' &&
    one(config['dilationRate']) &&
    (kind === 'Conv2D' || one(config['depthMultiplier']))
  );
}
