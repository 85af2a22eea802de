import * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { pixelTensor, type PictureBatch } from '../../input/picture-batch.ts';
import { goldenBatch, goldenFigures } from '../../network/golden-check.ts';
import { loadLayers } from '../../model-files/load-layers.ts';
import { pool } from '../../network/global-average-pooling.ts';
import { loadNetwork } from '../../network/load-network.ts';
import { TENSORS_ONLY, type Network, type NetworkBackend } from '../../network/network.ts';
import { preprocess } from '../../network/preprocess.ts';
import { readAndDispose } from '../../network/tensor-network.ts';
import type { BaseSpec, GoldenFeatures } from '../../../records/base-spec.ts';

/** The fields of a spec that are needed to run a network on pictures. */
export type RunnableSpec = Pick<
  BaseSpec,
  'id' | 'name' | 'format' | 'inputRange' | 'preprocessing'
>;

/**
 * The largest absolute difference allowed in features up to 1; for larger features, in proportion.
 */
const TOLERANCE = 1e-3;

/**
 * Computes the features of the golden picture on the current backend from the unfused layers, after
 * global average pooling. The app's fused network is checked against them.
 *
 * @param size side of the input in pixels
 * @returns `[featureLength]`
 * @throws Problem `base` when the network does not run at this size or its features are not finite
 */
export function referenceFeatures(
  spec: RunnableSpec,
  artifacts: tf.io.ModelArtifacts,
  size: number,
): Promise<Float32Array> {
  return referenceOutput(spec, artifacts, size, pool);
}

/**
 * As `referenceFeatures`, for another function of the network's output.
 *
 * @param finish makes a tensor of the last feature map, `[1, h, w, featureLength]`, in `tf.tidy`
 */
export async function referenceOutput(
  spec: RunnableSpec,
  artifacts: tf.io.ModelArtifacts,
  size: number,
  finish: (map: tf.Tensor) => tf.Tensor,
): Promise<Float32Array> {
  const run = async () => {
    if (spec.format === 'graph-model') {
      return goldenRun(spec, await loadNetwork(spec, artifacts, size, TENSORS_ONLY), size, finish);
    }
    const model = await loadLayers(artifacts, size);
    const dispose = () => {
      for (const weight of model.weights) weight.dispose();
    };
    const map = async (pictures: PictureBatch) => {
      const run = () => model.predict(preprocess(pixelTensor(pictures), spec)) as tf.Tensor;
      const output = tf.tidy(run);
      return { values: await readAndDispose(output), shape: output.shape.slice(1) };
    };
    return goldenRun(spec, { map, dispose }, size, finish);
  };
  return run().catch((thrown: unknown) => {
    if (thrown instanceof Problem && thrown.kind === 'base') throw thrown;
    throw new Problem('base', msg(str`“${spec.name}” does not run at ${size} pixels.`), {
      cause: thrown,
    });
  });
}

/** As `referenceFeatures`, but from the fused network that the app runs. @throws Problem */
export async function frozenFeatures(
  spec: RunnableSpec,
  artifacts: tf.io.ModelArtifacts,
  size: number,
  backend: NetworkBackend,
): Promise<Float32Array> {
  return goldenRun(spec, await loadNetwork(spec, artifacts, size, backend), size, pool);
}

/** Makes golden features from a feature vector, `[featureLength]`. */
export function goldenFrom(features: Float32Array, size: number): GoldenFeatures {
  const largest = features.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return { size, tolerance: TOLERANCE * largest, ...goldenFigures(features) };
}

async function goldenRun(
  spec: RunnableSpec,
  network: Pick<Network, 'map' | 'dispose'>,
  size: number,
  finish: (map: tf.Tensor) => tf.Tensor,
): Promise<Float32Array> {
  try {
    const { values, shape } = await network.map(goldenBatch(size, 1));
    const features = await readAndDispose(tf.tidy(() => finish(tf.tensor(values, [1, ...shape]))));
    if (features.every(Number.isFinite)) return features;
    throw new Problem('base', msg(str`“${spec.name}” gives features that are no finite numbers.`));
  } finally {
    network.dispose();
  }
}
