import * as tf from '@tensorflow/tfjs-core';
import type { LocatedBase } from '../base/registry.ts';
import { describeLayersModel } from '../base/describe-layers.ts';
import { modelArtifacts } from '../base/model-artifacts.ts';
import { resizeInput } from '../base/resize-input.ts';
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
  const network = await loadNetwork(spec, artifacts, inputSize).catch((thrown: unknown) => {
    throw new Problem('backend', `“${spec.name}” cannot be built here.`, { cause: thrown });
  });
  const [low, high] = spec.inputRange;
  return {
    spec,
    inputSize,
    space: featureSpace(spec, inputSize),
    layers: network.layers,
    extract: (pixels) =>
      tf.tidy(() => {
        const input = tf.add(tf.mul(tf.cast(pixels, 'float32'), (high - low) / 255), low);
        return pool(network.run(input));
      }),
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

interface Network {
  readonly layers?: readonly LayerDescription[];
  run(input: tf.Tensor): tf.Tensor;
  dispose(): void;
}

/** Each kind of model brings its own loader, and its code arrives only when a base needs it. */
async function loadNetwork(
  spec: BaseSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): Promise<Network> {
  if (spec.format === 'graph-model') {
    const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
    const model = await loadGraphModel(tf.io.fromMemory(artifacts));
    return {
      run: (input) => {
        const output = model.execute(input);
        return Array.isArray(output) ? output[0]! : output;
      },
      dispose: () => {
        model.dispose();
      },
    };
  }
  const [{ loadLayersModel }, { freezeLayers }] = await Promise.all([
    import('@tensorflow/tfjs-layers'),
    import('../base/freeze-layers.ts'),
  ]);
  const modelTopology = resizeInput(artifacts.modelTopology!, inputSize);
  const model = await loadLayersModel(tf.io.fromMemory({ ...artifacts, modelTopology }));
  model.trainable = false;
  const layers = describeLayersModel(model);
  const frozen = freezeLayers(model);
  return {
    layers,
    run: (input) => frozen.run(input),
    dispose: () => {
      frozen.dispose();
    },
  };
}
