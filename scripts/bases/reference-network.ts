import * as tf from '@tensorflow/tfjs-core';
import { model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { pixelTensor } from '../../src/learning/input/picture-batch.ts';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { pool } from '../../src/learning/network/global-average-pooling.ts';
import { preprocess } from '../../src/learning/network/preprocess.ts';
import { loadLayers } from '../../src/learning/model-files/load-layers.ts';
import { modelArtifacts } from '../../src/learning/model-files/model-artifacts.ts';
import {
  referenceOutput,
  type RunnableSpec,
} from '../../src/learning/bases/own/reference-features.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import { startWasm } from '../wasm-in-node.ts';

/** A base on backends of TensorFlow.js that need no GPU. */
export interface ReferenceNetwork {
  /** The features of the golden picture: see `referenceFeatures`. */
  features(size: number): Promise<Float32Array>;
  /** See `referenceOutput`. */
  output(size: number, finish: (map: tf.Tensor) => tf.Tensor): Promise<Float32Array>;
  /** The mean over the places of a layer's map for the golden picture, `[channels]`. */
  layerMean(size: number, layer: string): Promise<Float32Array>;
}

/**
 * Reads the files of a base like the app, but runs its layers one by one, without fusing them: on the
 * wasm backend, or on the cpu backend, which is a hundred times slower, if wasm lacks an operation.
 *
 * @throws Problem `base` if they are no model
 */
export async function referenceNetwork(
  spec: RunnableSpec,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReferenceNetwork> {
  const artifacts = await cpuArtifacts(spec, files);
  startWasm();
  const output: ReferenceNetwork['output'] = async (size, finish) => {
    await tf.setBackend('wasm');
    try {
      return await referenceOutput(spec, artifacts, size, finish);
    } catch {
      await tf.setBackend('cpu');
      return await referenceOutput(spec, artifacts, size, finish);
    }
  };
  return {
    features: (size) => output(size, pool),
    output,
    layerMean: async (size, layer) => {
      await tf.setBackend('wasm');
      const whole = await loadLayers(artifacts, size);
      const to = whole.getLayer(layer).output as SymbolicTensor;
      const part = makeModel({ inputs: whole.inputs, outputs: to });
      const mean = tf.tidy(() => {
        const picture = preprocess(pixelTensor(goldenBatch(size, 1)), spec);
        return tf.mean(part.predict(picture) as tf.Tensor, [0, 1, 2]);
      });
      const values = await mean.data<'float32'>();
      mean.dispose();
      for (const weight of whole.weights) weight.dispose();
      return values;
    },
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
