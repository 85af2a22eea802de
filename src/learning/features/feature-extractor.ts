import * as tf from '@tensorflow/tfjs-core';
import type { LocatedBase } from '../base/registry.ts';
import { loadNetwork } from '../base/load-network.ts';
import { preprocess } from '../base/preprocess.ts';
import { modelArtifacts } from '../base/model-artifacts.ts';
import type { BaseSpec } from '../base/spec.ts';
import type { LayerDescription } from '../base/summary.ts';
import { Problem } from '../../problem.ts';

/** The frozen base, ready to turn pictures into features on the current backend. */
export interface FeatureExtractor {
  readonly spec: BaseSpec;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /** Name of the space of these features; see StoredFeatures. */
  readonly space: string;
  /** The base's layers, frozen, before any were fused; a GraphModel does not tell them. */
  readonly layers: readonly LayerDescription[] | undefined;
  /**
   * A forward pass and global average pooling.
   *
   * @param pixels `[batch, inputSize, inputSize, 3]`, 0 to 255, any number type; stays the caller's
   * @returns `[batch, featureLength]`, the caller's
   */
  extract(pixels: tf.Tensor4D): tf.Tensor2D;
  dispose(): void;
}

/**
 * Builds the extractor of a base on the current backend.
 *
 * @param files bytes by path, as `loadBaseFiles` gives them
 * @throws Problem `base` when the files are no model, `backend` when this backend cannot build it
 */
export async function createFeatureExtractor(
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
): Promise<FeatureExtractor> {
  const { spec } = base;
  const artifacts = await modelArtifacts(spec, files);
  const network = await loadNetwork(spec, artifacts, inputSize);
  return {
    spec,
    inputSize,
    space: featureSpace(spec, inputSize),
    layers: network.layers,
    extract: (pixels) => tf.tidy(() => pool(network.run(preprocess(pixels, spec)))),
    dispose: () => {
      network.dispose();
    },
  };
}

/** The same name means the same numbers: it changes with the weights and with the input size. */
function featureSpace(spec: BaseSpec, inputSize: number): string {
  const hashes = spec.files.map((file) => file.sha256.slice(0, 8));
  return `${spec.id}@${inputSize}:${hashes.join('-')}`;
}

/** GlobalAveragePooling2D of a feature map `[batch, h, w, c]`; a feature vector stays as it is. */
function pool(output: tf.Tensor): tf.Tensor2D {
  if (output.rank === 2) return output as tf.Tensor2D;
  if (output.rank === 4) return tf.mean<tf.Tensor2D>(output, [1, 2]);
  throw new Problem('base', `The base model gives a tensor of rank ${output.rank}, not features.`);
}
