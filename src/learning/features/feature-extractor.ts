import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import { loadNetwork } from '../network/load-network.ts';
import type { Network } from '../network/network.ts';
import { disposeWhenOpen, type GpuReader } from '../network/webgpu/gpu-reader.ts';
import { modelArtifacts } from '../model-files/model-artifacts.ts';
import type { BaseSpec, LocatedBase } from '../../records/base-spec.ts';
import { Problem } from '../../platform/problem.ts';
import { storedVariants } from './feature-store.ts';
import { BoxPredictor } from './box-predictor.ts';
import { BoxReader, type BoxValues } from './box-reader.ts';
import { pool } from './global-average-pooling.ts';
import { KnownClassPredictor } from './known-class-predictor.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** A frozen base model that turns pictures into features on the current backend. */
export interface FeatureExtractor {
  readonly spec: BaseSpec;
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /** Features with the same id are comparable; see `feature-space-id.ts`. */
  readonly featureSpaceId: string;
  /**
   * The base's layers, all frozen, before any of them are fused; undefined for a GraphModel. The
   * first call may have to build them.
   */
  describeLayers(): Promise<readonly LayerDescription[] | undefined>;
  /** Whether networks of this base may run as plans: see `runFrozen`. */
  readonly plans: boolean;
  /** Predicts the classes that the base knows, from its last feature map; absent without them. */
  readonly known?: KnownClassPredictor;
  /** Says where they are, from the same map; absent if the base does not know. */
  readonly boxes?: BoxPredictor;
  /**
   * A forward pass, for features and known classes.
   *
   * @param pictures as for `extract`
   * @returns `[batch, featureLength + known.classes]`: each row has the features, then the logits of
   *   the known classes, if any
   * @throws Problem `gpu`
   */
  readOutputs(pictures: PictureBatch, watch: DeviceWatch): Promise<Float32Array>;
  /**
   * A forward pass, for the boxes of some known classes in the first picture.
   *
   * @param classes indices, at least one
   * @returns undefined for a base without boxes
   * @throws Problem `gpu`
   */
  readBoxes(
    pictures: PictureBatch,
    classes: readonly number[],
    watch: DeviceWatch,
  ): Promise<BoxValues | undefined>;
  /** See `Network.batchPictures`. */
  readonly batchPictures: number;
  /** Passes whose results are read without tensors; see `Network`. */
  readonly gpu?: Network['gpu'];
  /**
   * A forward pass and global average pooling.
   *
   * @param pictures of `inputSize`
   * @returns `[batch, featureLength]`; the caller disposes it
   */
  extract(pictures: PictureBatch): tf.Tensor2D;
  /**
   * A forward pass without the pooling.
   *
   * @param pictures as for `extract`
   * @returns the last feature map, `[batch, h, w, featureLength]`, or `[batch, featureLength]` if
   *   the base ends in a pooling of its own; the caller disposes it
   */
  map(pictures: PictureBatch): tf.Tensor;
  /**
   * Runs a batch of black pictures through the base, a few operations at a time, so that the backend
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
 * @param options `plans`: see `FeatureExtractor.plans`; true by default
 * @throws Problem `base` if the files are not a model that any backend can build, `backend` if this
 *   backend cannot build it
 */
export async function createFeatureExtractor(
  base: LocatedBase,
  files: ReadonlyMap<string, ArrayBuffer>,
  inputSize: number,
  { plans = true }: { readonly plans?: boolean } = {},
): Promise<FeatureExtractor> {
  const { spec } = base;
  const artifacts = await modelArtifacts(spec, files);
  const network = await loadNetwork(spec, artifacts, inputSize, plans);
  const featureSpaceId = baseSpaceId(spec, inputSize);
  const known = disposeIfThrown((keep) => {
    keep(network);
    return knownOf(spec, files);
  });
  const identity = { spec, inputSize, featureSpaceId, plans, ...known };
  return extractorOf(network, identity, async () => {
    if (spec.format === 'graph-model') throw frozenOnly(spec);
    const { loadLayers } = await import('../model-files/load-layers.ts');
    return loadLayers(artifacts, inputSize);
  });
}

/**
 * Wraps a network as an extractor.
 *
 * @param network the extractor owns it, `known` and `boxes` from now on, and disposes them
 * @param loadLayers as `FeatureExtractor.loadLayers`
 */
export function extractorOf(
  network: Network,
  {
    spec,
    inputSize,
    featureSpaceId,
    plans,
    known,
    boxes,
  }: Pick<FeatureExtractor, 'spec' | 'inputSize' | 'featureSpaceId' | 'plans' | 'known' | 'boxes'>,
  loadLayers: () => Promise<LayersModel>,
): FeatureExtractor {
  const extract = (pictures: PictureBatch) =>
    network.pooled?.(pictures) ?? tf.tidy(() => pool(network.run(pictures)));
  const { gpu } = network;
  const boxReader = boxes && known && new BoxReader(network, boxes, known);
  let reader: Promise<GpuReader> | undefined;
  let layers: readonly LayerDescription[] | undefined;
  return {
    spec,
    inputSize,
    featureSpaceId,
    plans,
    describeLayers: async () => (layers ??= await network.describeLayers?.()),
    ...(known && { known }),
    ...(boxes && { boxes }),
    map: (pictures) => network.run(pictures),
    batchPictures: network.batchPictures,
    ...(gpu && { gpu }),
    readOutputs: async (pictures, watch) => {
      if (gpu) return readRows(await (reader ??= openReader(gpu, known, watch)), pictures, watch);
      const outputs = known
        ? tf.tidy(() => {
            const last = network.run(pictures);
            return tf.concat([pool(last), known.logits(last)], 1);
          })
        : extract(pictures);
      try {
        return await watch.read(outputs);
      } finally {
        outputs.dispose();
      }
    },
    readBoxes: async (pictures, classes, watch) => boxReader?.read(pictures, classes, watch),
    extract,
    warmUp: async (batch, watch, onProgress) => {
      const rgba = new Uint8ClampedArray(inputSize * inputSize * 4);
      const pictures = Array.from({ length: batch }, () => ({ rgba, flip: false }));
      await network.warmUp({ size: inputSize, pictures }, watch, onProgress);
    },
    loadLayers,
    dispose: () => {
      if (reader) disposeWhenOpen(reader);
      boxReader?.dispose();
      network.dispose();
      known?.dispose();
      boxes?.dispose();
    },
  };
}

/** Opens the reader of features and of all known classes. @throws Problem `gpu` */
async function openReader(
  gpu: NonNullable<Network['gpu']>,
  known: KnownClassPredictor | undefined,
  watch: DeviceWatch,
): Promise<GpuReader> {
  if (!known) return gpu.reader({});
  const [kernel, bias] = [await watch.read(known.kernel), await watch.read(known.bias)];
  return gpu.reader({ known: { kernel, bias, ...known.shape } });
}

/** As `FeatureExtractor.readOutputs`. */
async function readRows(
  reader: GpuReader,
  pictures: PictureBatch,
  watch: DeviceWatch,
): Promise<Float32Array> {
  const { features, known } = await watch.answer(() => reader.read(pictures));
  const count = pictures.pictures.length;
  const [length, classes] = [features.length / count, known.length / count];
  const rows = new Float32Array(features.length + known.length);
  for (let row = 0; row < count; row++) {
    const at = row * (length + classes);
    rows.set(features.subarray(row * length, (row + 1) * length), at);
    rows.set(known.subarray(row * classes, (row + 1) * classes), at + length);
  }
  return rows;
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

/** The variants of each photo for which everything that an extractor computes is stored. */
export function completeVariants({
  featureSpaceId,
  known,
}: Pick<FeatureExtractor, 'featureSpaceId' | 'known'>): Promise<Map<string, Set<string>>> {
  return storedVariants(featureSpaceId, known !== undefined);
}

function knownOf(
  { knows, featureLength }: BaseSpec,
  files: ReadonlyMap<string, ArrayBuffer>,
): Pick<FeatureExtractor, 'known' | 'boxes'> {
  const bytes = knows && files.get(knows.file.path);
  if (!bytes) return {};
  const { boxes } = knows;
  const boxBytes = boxes && files.get(boxes.file.path);
  return disposeIfThrown((keep) => ({
    known: keep(KnownClassPredictor.fromFile(knows, featureLength, bytes)),
    ...(boxBytes && { boxes: BoxPredictor.fromFile(boxes, featureLength, boxBytes) }),
  }));
}

/** Equal ids mean equal features: the id changes with the weights and with the input size. */
export function baseSpaceId(spec: BaseSpec, inputSize: number): string {
  const hashes = spec.files.map((file) => file.sha256.slice(0, 8));
  return `${spec.id}@${inputSize}:${hashes.join('-')}`;
}
