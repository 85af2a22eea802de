import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeLayersIfThrown, type Layer } from '../model-files/layer-graph.ts';
import { frozenList, type FrozenList } from '../network/frozen-list.ts';
import { storedWeight, type StoredWeight } from '../head/stored-weight.ts';
import { Problem } from '../../platform/problem.ts';
import { isStatistic, layerWeights } from './build-tail.ts';
import { cutOrDispose } from './split-network.ts';
import type { TrainableNetwork } from './trainable-network.ts';

/**
 * Reads the parameters of a tail, named as in Keras.
 *
 * @throws Problem `gpu`
 */
export function tailWeights(tail: TrainableNetwork, watch: DeviceWatch): Promise<StoredWeight[]> {
  return Promise.all(
    tail.parameters.map(async ({ name, variable }) =>
      storedWeight(name, variable.shape, await watch.read(variable)),
    ),
  );
}

/**
 * Builds the whole fine-tuned network, from pixels to features. The stored parameters replace those
 * of the base, and every batch normalization is folded again, so that it is as fast as the base.
 *
 * @param model the base that was fine-tuned; it is always disposed
 * @param fromLayer as given to `splitNetwork`
 * @param stored returns the float32 bytes of a parameter by its Keras name
 * @throws Problem `damaged` if the parameters do not match the layers, `base` as `findCut`
 */
export function loadTail(
  model: LayersModel,
  fromLayer: string | number,
  stored: (name: string) => ArrayBuffer | undefined,
): FrozenList {
  writeTail(model, fromLayer, stored);
  return frozenList(model);
}

/**
 * Writes the stored parameters of a fine-tuned model into the layers of its base.
 *
 * @param model the base that was fine-tuned; it is disposed if this throws
 * @throws Problem as `loadTail`
 */
export function writeTail(
  model: LayersModel,
  fromLayer: string | number,
  stored: (name: string) => ArrayBuffer | undefined,
): void {
  const { from } = cutOrDispose(model, fromLayer);
  disposeLayersIfThrown(model, () => {
    writeWeights(model.layers.slice(from), stored);
  });
}

/** @throws Problem `damaged` if the parameters do not match the layers */
function writeWeights(
  layers: readonly Layer[],
  stored: (name: string) => ArrayBuffer | undefined,
): void {
  for (const layer of layers) {
    for (const { name, kind, weight } of layerWeights(layer)) {
      if (isStatistic(kind)) continue;
      const shape = weight.shape as number[];
      const bytes = stored(name);
      if (bytes?.byteLength !== 4 * shape.reduce((a, b) => a * b, 1)) {
        throw new Problem('damaged', msg('The fine-tuned model is damaged. Train it again.'), {
          cause: name,
        });
      }
      tf.tidy(() => {
        weight.write(tf.tensor(new Float32Array(bytes), shape));
      });
    }
  }
}
