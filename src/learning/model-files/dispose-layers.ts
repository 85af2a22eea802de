import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Frees the weights of a model that `loadLayers` gave. */
export function disposeLayers(model: LayersModel): void {
  for (const weight of model.weights) weight.dispose();
}
