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

/** A frozen base model that turns pictures into features on the current backend. */
export interface FeatureExtractor {
  readonly spec: BaseSpec;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /** Features with the same id are comparable; see `feature-space-id.ts`. */
  readonly featureSpaceId: string;
  /** The base's layers, all frozen, before any of them are fused; undefined for a GraphModel. */
  readonly layers: readonly LayerDescription[] | undefined;
  /**
   * A forward pass and global average pooling.
   *
   * @param pixels `[batch, inputSize, inputSize, 3]`, 0 to 255, any numeric dtype; the caller
   *   disposes it
   * @returns `[batch, featureLength]`; the caller disposes it
   */
  extract(pixels: tf.Tensor4D): tf.Tensor2D;
  /**
   * A forward pass without the pooling.
   *
   * @param pixels as for `extract`
   * @returns the last feature map, `[batch, h, w, featureLength]`, or `[batch, featureLength]` if
   *   the base ends in a pooling of its own; the caller disposes it
   */
  map(pixels: tf.Tensor4D): tf.Tensor;
  /**
   * Runs a batch of zeros through the base, a few operations at a time, so that the backend
   * compiles everything the base needs.
   *
   * @param batch pictures in the batch
   * @param onProgress receives the fraction of the operations that are done, 0 to 1
   * @throws Problem `gpu`
   */
  warmUp(batch: number, watch: DeviceWatch, onProgress: (fraction: number) => void): Promise<void>;
  /**
   * Builds a new copy of the base's layers, for fine-tuning; the caller disposes it.
   *
   * @throws Problem `base` for a GraphModel, which has no layers
   */
  loadLayers(): Promise<LayersModel>;
  dispose(): void;
}

/**
 * Builds the extractor of a base on the current backend.
 *
 * @param files bytes by path, as `loadBaseFiles` returns them
 * @param inputSize side of the input in pixels
 * @throws Problem `base` if the files are not a model that any backend can build, `backend` if this
 *   backend cannot build it
 */
export async function createFeatureExtractor(
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
): Promise<FeatureExtractor> {
  const { spec } = base;
  const artifacts = await modelArtifacts(spec, files);
  const network = await loadNetwork(spec, artifacts, inputSize);
  const featureSpaceId = baseSpaceId(spec, inputSize);
  return extractorOf(network, { spec, inputSize, featureSpaceId }, async () => {
    if (spec.format === 'graph-model') throw frozenOnly(spec);
    const { loadLayers } = await import('../model-files/load-layers.ts');
    return loadLayers(artifacts, inputSize);
  });
}

/**
 * Wraps a network as an extractor.
 *
 * @param network the extractor owns it from now on and disposes it
 * @param loadLayers as `FeatureExtractor.loadLayers`
 */
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
    warmUp: async (batch, watch, onProgress) => {
      const input = tf.tidy(() =>
        preprocess(tf.zeros<tf.Rank.R4>([batch, inputSize, inputSize, 3], 'int32'), spec),
      );
      try {
        await network.warmUp(input, watch, onProgress);
      } finally {
        input.dispose();
      }
    },
    loadLayers,
    dispose: () => {
      network.dispose();
    },
  };
}

/** The error for a base that cannot be fine-tuned. */
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

/** Equal ids mean equal features: the id changes with the weights and with the input size. */
export function baseSpaceId(spec: BaseSpec, inputSize: number): string {
  const hashes = spec.files.map((file) => file.sha256.slice(0, 8));
  return `${spec.id}@${inputSize}:${hashes.join('-')}`;
}
