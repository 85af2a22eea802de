import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { goldenPicture } from '../../src/learning/base/golden-picture.ts';
import { modelArtifacts } from '../../src/learning/base/model-artifacts.ts';
import { resizeInput } from '../../src/learning/base/resize-input.ts';
import type { BaseSpec } from '../../src/learning/base/spec.ts';
import { Problem } from '../../src/problem.ts';

export type RunnableSpec = Pick<BaseSpec, 'id' | 'name' | 'format' | 'inputRange'>;

/** A base on TF.js's cpu backend, in plain JavaScript: slow, and independent of every GPU. */
export interface CpuNetwork {
  /**
   * Features of the golden picture after global average pooling, `[featureLength]`.
   *
   * @param size side of the input in pixels
   * @throws Problem `base` when the network takes no such picture or gives no finite features
   */
  features(size: number): Promise<Float32Array>;
}

/**
 * Reads the files of a base as the app will, but runs its layers one by one, unfused.
 *
 * @throws Problem `base` when they are no model
 */
export async function cpuNetwork(
  spec: RunnableSpec,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<CpuNetwork> {
  const artifacts = await cpuArtifacts(spec, files);
  return {
    features: async (size) => {
      const output = await run(spec, artifacts, size).catch((thrown: unknown) => {
        throw new Problem('base', `“${spec.name}” does not run at ${size} pixels.`, {
          cause: thrown,
        });
      });
      const features = await pooled(output);
      if (!features.every(Number.isFinite)) {
        throw new Problem('base', `“${spec.name}” gives features that are no finite numbers.`);
      }
      return features;
    },
  };
}

/**
 * What TensorFlow.js loads the base from, with its cpu backend ready.
 *
 * @throws Problem `base` when the files are no model
 */
export async function cpuArtifacts(
  spec: RunnableSpec,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<tf.io.ModelArtifacts> {
  tf.enableProdMode(); // or else it advises to use another backend
  await tf.setBackend('cpu');
  const buffers = new Map<string, ArrayBuffer>();
  // Copies: a Buffer can be a part of a larger ArrayBuffer.
  for (const [path, bytes] of files) buffers.set(path, new Uint8Array(bytes).buffer);
  const paths = Array.from(files.keys(), (path) => ({ path, bytes: 0, sha256: '' }));
  return modelArtifacts({ ...spec, files: paths } as unknown as BaseSpec, buffers);
}

async function run(
  spec: RunnableSpec,
  artifacts: tf.io.ModelArtifacts,
  size: number,
): Promise<tf.Tensor> {
  const picture = tf.tensor4d(goldenPicture(size), [1, size, size, 3], 'int32');
  const [low, high] = spec.inputRange;
  const input = tf.add(tf.mul(tf.cast(picture, 'float32'), (high - low) / 255), low);
  if (spec.format === 'graph-model') {
    const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
    const model = await loadGraphModel(tf.io.fromMemory(artifacts));
    return first(model.execute(input));
  }
  const { loadLayersModel } = await import('@tensorflow/tfjs-layers');
  const modelTopology = resizeInput(artifacts.modelTopology!, size);
  const model = await loadLayersModel(tf.io.fromMemory({ ...artifacts, modelTopology }));
  return first(model.predict(input));
}

function first(output: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(output) ? output[0]! : output;
}

async function pooled(output: tf.Tensor): Promise<Float32Array> {
  if (output.rank !== 2 && output.rank !== 4) {
    throw new Problem('base', `It gives a tensor of rank ${output.rank}, not features.`);
  }
  const features = output.rank === 4 ? tf.mean(output, [1, 2]) : output;
  return (await features.data()) as Float32Array;
}
