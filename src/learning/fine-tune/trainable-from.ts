import type { LayerDescription } from '../../records/summary.ts';

/**
 * Describes the layers of a base with the layers from `fromLayer` on made trainable: all of their
 * weights except the moving statistics of batch normalization, two numbers per channel.
 *
 * @param layers all layers of the base, frozen
 * @param fromLayer Keras name of the first trainable layer; if there is none, all stay frozen
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
