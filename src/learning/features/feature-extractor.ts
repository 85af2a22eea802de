import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { loadNetwork, type Network } from '../network/load-network.ts';
import { preprocess } from '../network/preprocess.ts';
import { modelArtifacts } from '../model-files/model-artifacts.ts';
import type { BaseSpec, LocatedBase } from '../../records/base-spec.ts';
import { Problem } from '../../platform/problem.ts';
import { pool } from './global-average-pooling.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** The frozen base, ready to turn pictures into features on the current backend. */
export interface FeatureExtractor {
  readonly spec: BaseSpec;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /** Name of the space of these features; see StoredFeatures. */
  readonly featureSpaceId: string;
  /** The base's layers, frozen, before any were fused; a GraphModel does not tell them. */
  readonly layers: readonly LayerDescription[] | undefined;
  /**
   * A forward pass and global average pooling.
   *
   * @param pixels `[batch, inputSize, inputSize, 3]`, 0 to 255, any number type; stays the caller's
   * @returns `[batch, featureLength]`, the caller's
   */
  extract(pixels: tf.Tensor4D): tf.Tensor2D;
  /**
   * The pass without the pooling.
   *
   * @returns the last feature map, `[batch, h, w, featureLength]`; `[batch, featureLength]` of a base
   *   that pools itself
   */
  map(pixels: tf.Tensor4D): tf.Tensor;
  /**
   * Runs a batch of zeros through the base a few operations at a time, so that whatever has to be
   * compiled for it is; the result is dropped.
   *
   * @param onShare the share that is done, 0 to 1
   * @throws Problem `gpu`
   */
  warmUp(batch: number, watch: DeviceWatch, onShare: (share: number) => void): Promise<void>;
  /**
   * The base's layers once more, to be fine-tuned; the caller's.
   *
   * @throws Problem `base` for a GraphModel, which has none
   */
  loadLayers(): Promise<LayersModel>;
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
  const featureSpaceId = featureSpace(spec, inputSize);
  return extractorOf(network, { spec, inputSize, featureSpaceId }, async () => {
    if (spec.format === 'graph-model') throw frozenOnly(spec);
    const { loadLayers } = await import('../model-files/load-layers.ts');
    return loadLayers(artifacts, inputSize);
  });
}

/** @param network owned by the extractor from now on */
export function extractorOf(
  network: Network,
  {
    spec,
    inputSize,
    featureSpaceId,
  }: Pick<FeatureExtractor, 'spec' | 'inputSize' | 'featureSpaceId'>,
  loadLayers: () => Promise<LayersModel>,
): FeatureExtractor {
  const map = (pixels: tf.Tensor4D) => tf.tidy(() => network.run(preprocess(pixels, spec)));
  return {
    spec,
    inputSize,
    featureSpaceId,
    layers: network.layers,
    map,
    extract: (pixels) => tf.tidy(() => pool(map(pixels))),
    warmUp: async (batch, watch, onShare) => {
      const pixels = tf.zeros<tf.Rank.R4>([batch, inputSize, inputSize, 3], 'int32');
      const input = preprocess(pixels, spec);
      try {
        await network.warmUp(input, watch, onShare);
      } finally {
        tf.dispose([pixels, input]);
      }
    },
    loadLayers,
    dispose: () => {
      network.dispose();
    },
  };
}

/** Why a base is not fine-tuned. */
export function frozenOnly({ name, format }: BaseSpec): Problem {
  return new Problem(
    'base',
    format === 'graph-model'
      ? msg(str`“${name}” serves frozen only: it is a graph model.`)
      : msg(
          str`“${name}” serves frozen only: its last layers are of a kind that cannot learn here.`,
        ),
  );
}

/** The same name means the same numbers: it changes with the weights and with the input size. */
function featureSpace(spec: BaseSpec, inputSize: number): string {
  const hashes = spec.files.map((file) => file.sha256.slice(0, 8));
  return `${spec.id}@${inputSize}:${hashes.join('-')}`;
}
