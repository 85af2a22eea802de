import type { LayerDescription } from '../../records/summary.ts';

/**
 * The layers of a frozen base as they are when those from one of them on learn: all of their weights
 * but the moving statistics of batch normalisation, two numbers a channel.
 */
export function trainableFrom(
  layers: readonly LayerDescription[],
  fromLayer: string,
): LayerDescription[] {
  const from = layers.findIndex(({ name }) => name === fromLayer);
  return layers.map((layer, index) => {
    if (from < 0 || index < from) return layer;
    const { className, outputShape, parameters } = layer;
    const all = parameters.trainable + parameters.nonTrainable;
    const moving = className === 'BatchNormalization' ? 2 * (outputShape.at(-1) ?? 0) : 0;
    return { ...layer, parameters: { trainable: all - moving, nonTrainable: moving } };
  });
}
