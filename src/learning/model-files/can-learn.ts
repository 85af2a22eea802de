import { activationOf, type Layer } from './layer-graph.ts';

/**
 * Whether `fine-tune/` can compute a layer's forward and backward pass: the layer is called once,
 * and it has no weights or is a convolution or batch normalization whose gradients the app
 * implements.
 */
export function canLearn(layer: Layer): boolean {
  if (layer.weights.length === 0) return layer.inboundNodes.length === 1;
  const config = layer.getConfig();
  const kind = layer.getClassName();
  const isOne = (value: unknown) => value == null || [value].flat().every((each) => each === 1);
  if (layer.inboundNodes.length !== 1) return false;
  if (kind === 'BatchNormalization') return config['axis'] === -1 || config['axis'] === 3;
  return (
    (kind === 'Conv2D' || kind === 'DepthwiseConv2D') &&
    activationOf(layer) !== undefined &&
    config['dataFormat'] !== 'channelsFirst' &&
    isOne(config['dilationRate']) &&
    (kind === 'Conv2D' || isOne(config['depthMultiplier']))
  );
}
