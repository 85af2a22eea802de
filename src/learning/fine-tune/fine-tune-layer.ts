import { isTunable, type BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';

/**
 * Index of the first of MobileNetV2's layers to fine-tune: `fine_tune_at` in TensorFlow's tutorial
 * "Transfer learning and fine-tuning".
 */
export const TUTORIAL_LAYER = 100;
/** Number of layers of the tutorial's base. */
const TUTORIAL_LAYERS = 154;

/**
 * The default for the first layer to fine-tune: at the relative depth of the tutorial's, layer 100
 * of 154, but not before the first layer from which this base can be fine-tuned.
 *
 * @param layers all layers of the base
 * @returns the layer's Keras name; undefined if the base cannot be fine-tuned
 */
export function fineTuneLayer(
  layers: readonly LayerDescription[],
  spec: Pick<BaseSpec, 'fineTuneFrom'>,
): string | undefined {
  if (!isTunable(spec)) return undefined;
  const sameDepth = Math.round((layers.length * TUTORIAL_LAYER) / TUTORIAL_LAYERS);
  const first = layers.findIndex(({ name }) => name === spec.fineTuneFrom);
  // After the last layer with parameters there is nothing to train.
  const last = layers.findLastIndex(
    ({ parameters: { trainable, nonTrainable } }) => trainable + nonTrainable > 0,
  );
  return layers[Math.min(Math.max(sameDepth, first), last)]?.name;
}
