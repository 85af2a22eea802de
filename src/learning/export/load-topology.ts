import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { ReadModel } from './format-writer.ts';

/** A weight as a file has it. */
interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Loads a Keras model with tfjs-layers alone, without what the app adds to it.
 *
 * @param scale what the model reads of a pixel value, 0 to 255
 */
export async function loadTopology(
  modelTopology: object,
  weights: readonly NamedWeight[],
  labels: readonly string[],
  scale: (pixel: number) => number,
): Promise<ReadModel> {
  const weightSpecs = weights.map(({ name, shape }) => ({
    name,
    shape: [...shape],
    dtype: 'float32' as const,
  }));
  const weightData = await new Blob(
    weights.map(({ values }) => values as Float32Array<ArrayBuffer>),
  ).arrayBuffer();
  const model = await loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  const size = model.inputs[0]!.shape[1]!;
  return {
    labels,
    answer: (pixels) => {
      const probabilities = tf.tidy(() => {
        const x = tf.tensor4d(Float32Array.from(pixels, scale), [1, size, size, 3]);
        return (model.predict(x) as tf.Tensor).dataSync();
      });
      return { probabilities };
    },
    dispose: () => {
      model.dispose();
    },
  };
}
