import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { freezeLayers } from '../base/freeze-layers.ts';
import type { FrozenNetwork } from '../base/frozen-network.ts';
import type { WeightSpec } from '../../models/record.ts';
import { Problem } from '../../problem.ts';
import { isStatistic, layerWeights } from './build-tail.ts';
import { learningLayers } from './split-network.ts';
import type { TrainableNetwork } from './trainable-network.ts';

/** The parameters as they are stored, float32 behind float32, and what stands where in them. */
export async function tailToBytes(
  tail: TrainableNetwork,
): Promise<{ bytes: ArrayBuffer; weights: WeightSpec[] }> {
  const values = new Float32Array(tail.trainableParameters);
  let at = 0;
  for (const { variable } of tail.parameters) {
    values.set(await variable.data(), at);
    at += variable.size;
  }
  const weights = tail.parameters.map(({ name, variable }) => ({
    name,
    shape: variable.shape,
    dtype: 'float32' as const,
  }));
  return { bytes: values.buffer, weights };
}

/**
 * Puts stored parameters back into a tail, to go on training or to evaluate.
 *
 * @throws Problem `damaged` when they are not those of this tail
 */
export function restoreTail(
  tail: TrainableNetwork,
  weights: readonly WeightSpec[],
  bytes: ArrayBuffer,
): void {
  const stored = storedTensors(weights, bytes);
  for (const { name, variable } of tail.parameters) {
    const values = find(stored, name, variable.shape);
    tf.tidy(() => {
      variable.assign(tf.tensor(values, variable.shape));
    });
  }
}

/**
 * The whole fine-tuned network, from pixels to features, as fast as the base itself: the stored
 * parameters take the place of the base's own, and every batch normalisation is folded again.
 *
 * @param model the base that was fine-tuned; it is disposed, as by `freezeLayers`
 * @param fromLayer as given to `splitNetwork`
 * @throws Problem `damaged` when the parameters are not those of these layers
 */
export function loadTail(
  model: LayersModel,
  fromLayer: string | number,
  weights: readonly WeightSpec[],
  bytes: ArrayBuffer,
): FrozenNetwork {
  const stored = storedTensors(weights, bytes);
  for (const layer of learningLayers(model, fromLayer)) {
    for (const { name, kind, weight } of layerWeights(layer)) {
      if (isStatistic(kind)) continue;
      const values = find(stored, name, weight.shape as number[]);
      tf.tidy(() => {
        weight.write(tf.tensor(values, weight.shape as number[]));
      });
    }
  }
  return freezeLayers(model);
}

interface Stored {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function storedTensors(weights: readonly WeightSpec[], bytes: ArrayBuffer): Map<string, Stored> {
  const sizes = weights.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  if (bytes.byteLength !== 4 * sizes.reduce((a, b) => a + b, 0)) throw damaged('length');
  const stored = new Map<string, Stored>();
  let at = 0;
  weights.forEach(({ name, shape }, i) => {
    stored.set(name, { shape, values: new Float32Array(bytes, 4 * at, sizes[i]) });
    at += sizes[i]!;
  });
  return stored;
}

function find(stored: Map<string, Stored>, name: string, shape: readonly number[]): Float32Array {
  const found = stored.get(name);
  if (found?.shape.join() !== shape.join()) throw damaged(name);
  // A copy: the cpu backend works on the array that it is given.
  return found.values.slice();
}

function damaged(cause: string): Problem {
  return new Problem('damaged', 'The fine-tuned model is damaged. Train it again.', { cause });
}
