import type { LayerDescription } from './summary.ts';

/** The tutorial's `fine_tune_at`: of MobileNetV2's 154 layers, those from here on learn. */
export const TUTORIAL_LAYER = 100;
const TUTORIAL_LAYERS = 154;

/**
 * The layer from which a base is fine-tuned unless somebody says otherwise, by name: the tutorial's
 * 100th of 154, and as deep in any other.
 */
export function fineTuneLayer(layers: readonly LayerDescription[]): string {
  const place = Math.round((layers.length * TUTORIAL_LAYER) / TUTORIAL_LAYERS);
  return layers[Math.min(Math.max(place, 1), layers.length - 1)]!.name;
}
