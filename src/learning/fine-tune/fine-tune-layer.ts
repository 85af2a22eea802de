import { isTunable, type BaseSpec } from '../../records/base-spec.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** The tutorial's `fine_tune_at`: of MobileNetV2's 154 layers, those from here on learn. */
export const TUTORIAL_LAYER = 100;
const TUTORIAL_LAYERS = 154;

/**
 * The layer from which a base is fine-tuned unless somebody says otherwise, by name: the tutorial's
 * 100th of 154, as deep in any other, or the first from which that one can be.
 *
 * @returns undefined for a base that cannot be fine-tuned
 */
export function fineTuneLayer(
  layers: readonly LayerDescription[],
  spec: Pick<BaseSpec, 'fineTuneFrom'>,
): string | undefined {
  if (!isTunable(spec)) return undefined;
  const asDeep = Math.round((layers.length * TUTORIAL_LAYER) / TUTORIAL_LAYERS);
  const first = layers.findIndex(({ name }) => name === spec.fineTuneFrom);
  // Behind the last layer with parameters there is nothing to learn.
  const last = layers.findLastIndex(
    ({ parameters: { trainable, nonTrainable } }) => trainable + nonTrainable > 0,
  );
  return layers[Math.min(Math.max(asDeep, first), last)]?.name;
}
