import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { modelArtifacts } from '../../src/learning/model-files/model-artifacts.ts';
import {
  referenceFeatures,
  referenceOutput,
  type RunnableSpec,
} from '../../src/learning/bases/own/reference-features.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';

/** A base on the cpu backend of TensorFlow.js, which is slow, but independent of any GPU. */
export interface CpuNetwork {
  /** See `referenceFeatures`. */
  features(size: number): Promise<Float32Array>;
  /** See `referenceOutput`. */
  output(size: number, finish: (map: tf.Tensor) => tf.Tensor): Promise<Float32Array>;
}

/**
 * Reads the files of a base like the app, but runs its layers one by one, without fusing them.
 *
 * @throws Problem `base` if they are no model
 */
export async function cpuNetwork(
  spec: RunnableSpec,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<CpuNetwork> {
  const artifacts = await cpuArtifacts(spec, files);
  return {
    features: (size) => referenceFeatures(spec, artifacts, size),
    output: (size, finish) => referenceOutput(spec, artifacts, size, finish),
  };
}

/**
 * The artifacts from which TensorFlow.js loads the base; the cpu backend is then active.
 *
 * @throws Problem `base` if the files are no model
 */
export async function cpuArtifacts(
  spec: Pick<BaseSpec, 'name'>,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<tf.io.ModelArtifacts> {
  tf.enableProdMode(); // otherwise it prints the advice to use another backend
  await tf.setBackend('cpu');
  const buffers = new Map<string, ArrayBuffer>();
  // Copies: a Buffer can be a part of a larger ArrayBuffer.
  for (const [path, bytes] of files) buffers.set(path, new Uint8Array(bytes).buffer);
  const paths = Array.from(files.keys(), (path) => ({ path }));
  return modelArtifacts({ ...spec, files: paths }, buffers);
}
