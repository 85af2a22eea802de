import type { BaseSpec } from './spec.ts';
import type { LayerDescription } from './summary.ts';

/** The tutorial's `fine_tune_at`: of MobileNetV2's 154 layers, those from here on learn. */
export const TUTORIAL_LAYER = 100;
const TUTORIAL_LAYERS = 154;

/**
 * The layer from which a base is fine-tuned unless somebody says otherwise, by name: the tutorial's
 * 100th of 154, as deep in any other, or the first behind those that cannot learn.
 *
 * @returns undefined for a base of the person's own whose last layers cannot learn
 */
export function fineTuneLayer(
  layers: readonly LayerDescription[],
  { own, fineTuneFrom }: Pick<BaseSpec, 'own' | 'fineTuneFrom'> = {},
): string | undefined {
  if (own && fineTuneFrom === undefined) return undefined;
  const asDeep = Math.round((layers.length * TUTORIAL_LAYER) / TUTORIAL_LAYERS);
  const first = layers.findIndex(({ name }) => name === fineTuneFrom);
  return layers[Math.min(Math.max(asDeep, first, 1), layers.length - 1)]!.name;
}
