import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { PictureBatch } from '../input/picture-batch.ts';
import { loadNetwork } from '../network/load-network.ts';
import type { Network, NetworkBackend } from '../network/network.ts';
import { disposeWhenOpen, type PassReader } from '../network/pass-reader.ts';
import type { KnownReadout } from '../network/readout.ts';
import { modelArtifacts } from '../model-files/model-artifacts.ts';
import type { BaseSpec, LocatedBase } from '../../records/base-spec.ts';
import { furtherOf, type FurtherFeatures } from '../../records/further-features.ts';
import { Problem } from '../../platform/problem.ts';
import { storedVariants, type StoredPart } from './feature-store.ts';
import { readBoxPredictor, type BoxPredictor } from './box-readout.ts';
import { BoxReader, type BoxValues } from './box-reader.ts';
import { readKnown } from './known-readout.ts';
import { readRows } from './read-rows.ts';
import type { LayerDescription } from '../../records/summary.ts';

/** A frozen base model that turns pictures into features on a backend. */
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
  /** What computes the networks of this base. */
  readonly backend: NetworkBackend;
  /** Predicts the classes that the base knows, from its last feature map; absent without them. */
  readonly known?: KnownReadout;
  /** Says where they are, from the same map; absent if the base does not know. */
  readonly boxes?: BoxPredictor;
  /** The features of an earlier layer that it gives; absent if it gives none. */
  readonly further?: FurtherFeatures;
  /**
   * A forward pass, for features, known classes and further features.
   *
   * @param pictures of `inputSize`
   * @returns `[batch, featureLength + known.classes + further.length]`: each row has the features,
   *   then the logits of the known classes, if any, then the further features, if any
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
  /** Opens a reader of passes over the base: see `Network.reader`. */
  readonly reader: Network['reader'];
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
   * Builds a new copy of the base's layers with TensorFlow.js, for fine-tuning; the caller disposes
   * it.
   *
   * @throws Problem `base` for a GraphModel, which has no layers
   */
  loadLayers(): Promise<LayersModel>;
  dispose(): void;
}

/**
 * Builds the extractor of a base.
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
  backend: NetworkBackend,
): Promise<FeatureExtractor> {
  const { spec } = base;
  const artifacts = modelArtifacts(spec, files);
  const network = await loadNetwork(spec, artifacts, inputSize, backend);
  const featureSpaceId = baseSpaceId(spec, inputSize);
  const known = disposeIfThrown((keep) => {
    keep(network);
    return knownOf(spec, files);
  });
  const further = spec.further && furtherOf(spec.further);
  const identity = {
    ...{ spec, inputSize, featureSpaceId, backend, ...known },
    ...(further && { further }),
  };
  return extractorOf(network, identity, async () => {
    if (spec.format === 'graph-model') throw frozenOnly(spec);
    await backend.startTensors();
    const { loadLayers } = await import('../model-files/load-layers.ts');
    return loadLayers(artifacts, inputSize);
  });
}

/**
 * Wraps a network as an extractor.
 *
 * @param network the extractor owns it from now on and disposes it; it was built with the layer of
 *   `further`
 * @param loadLayers as `FeatureExtractor.loadLayers`
 */
export function extractorOf(
  network: Network,
  {
    spec,
    inputSize,
    featureSpaceId,
    backend,
    known,
    boxes,
    further,
  }: Pick<
    FeatureExtractor,
    'spec' | 'inputSize' | 'featureSpaceId' | 'backend' | 'known' | 'boxes' | 'further'
  >,
  loadLayers: () => Promise<LayersModel>,
): FeatureExtractor {
  const boxReader = boxes && known && new BoxReader(network, boxes, known);
  let reader: Promise<PassReader> | undefined;
  let layers: readonly LayerDescription[] | undefined;
  return {
    spec,
    inputSize,
    featureSpaceId,
    backend,
    describeLayers: async () => (layers ??= await network.describeLayers?.()),
    ...(known && { known }),
    ...(boxes && { boxes }),
    ...(further && { further }),
    batchPictures: network.batchPictures,
    reader: (wanted) => network.reader(wanted),
    readOutputs: async (pictures, watch) => {
      if (!reader) {
        reader = network.reader({ known, further: further !== undefined });
        // The next pictures try again.
        reader.catch(() => (reader = undefined));
      }
      return readRows(await reader, further, pictures, watch);
    },
    readBoxes: async (pictures, classes, watch) => boxReader?.read(pictures, classes, watch),
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

/** The variants of each photo for which everything that an extractor computes is stored. */
export function completeVariants({
  featureSpaceId,
  known,
  further,
}: Pick<FeatureExtractor, 'featureSpaceId' | 'known' | 'further'>): Promise<
  Map<string, Set<string>>
> {
  const parts: StoredPart[] = [...(known ? (['known'] as const) : [])];
  if (further) parts.push('further');
  return storedVariants(featureSpaceId, parts);
}

function knownOf(
  { knows, featureLength }: BaseSpec,
  files: ReadonlyMap<string, ArrayBuffer>,
): Pick<FeatureExtractor, 'known' | 'boxes'> {
  const bytes = knows && files.get(knows.file.path);
  if (!bytes) return {};
  const { boxes } = knows;
  const boxBytes = boxes && files.get(boxes.file.path);
  return {
    known: readKnown(knows, featureLength, bytes),
    ...(boxBytes && { boxes: readBoxPredictor(boxes, featureLength, boxBytes) }),
  };
}

/** Equal ids mean equal features: the id changes with the weights and with the input size. */
export function baseSpaceId(spec: BaseSpec, inputSize: number): string {
  const hashes = spec.files.map((file) => file.sha256.slice(0, 8));
  return `${spec.id}@${inputSize}:${hashes.join('-')}`;
}
