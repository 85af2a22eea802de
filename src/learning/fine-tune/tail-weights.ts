import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { freezeLayers } from '../network/build-frozen-network.ts';
import type { FrozenNetwork } from '../network/frozen-network.ts';
import { storedWeight, type StoredWeight } from '../head/stored-weight.ts';
import { Problem } from '../../platform/problem.ts';
import { isStatistic, layerWeights } from './build-tail.ts';
import { cutOrDispose } from './split-network.ts';
import type { TrainableNetwork } from './trainable-network.ts';

/** The parameters of a tail as a model stores them, by Keras's names. */
export function tailWeights(tail: TrainableNetwork, watch: DeviceWatch): Promise<StoredWeight[]> {
  return Promise.all(
    tail.parameters.map(async ({ name, variable }) =>
      storedWeight(name, variable.shape, await watch.read(variable)),
    ),
  );
}

/**
 * The whole fine-tuned network, from pixels to features, as fast as the base itself: the stored
 * parameters take the place of the base's own, and every batch normalisation is folded again.
 *
 * @param model the base that was fine-tuned; it is disposed, as by `freezeLayers`
 * @param fromLayer as given to `splitNetwork`
 * @param stored the bytes of a parameter, float32, by Keras's name
 * @throws Problem `damaged` when the parameters are not those of these layers, `base` as `findCut`
 */
export function loadTail(
  model: LayersModel,
  fromLayer: string | number,
  stored: (name: string) => ArrayBuffer | undefined,
): FrozenNetwork {
  const { from } = cutOrDispose(model, fromLayer);
  for (const layer of model.layers.slice(from)) {
    for (const { name, kind, weight } of layerWeights(layer)) {
      if (isStatistic(kind)) continue;
      const shape = weight.shape as number[];
      const bytes = stored(name);
      if (bytes?.byteLength !== 4 * shape.reduce((a, b) => a * b, 1)) {
        model.dispose();
        throw new Problem('damaged', msg('The fine-tuned model is damaged. Train it again.'), {
          cause: name,
        });
      }
      tf.tidy(() => {
        weight.write(tf.tensor(new Float32Array(bytes), shape));
      });
    }
  }
  return freezeLayers(model);
}
