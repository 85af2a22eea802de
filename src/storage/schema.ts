import type { DBSchema } from 'idb';
// Types only: storage knows the shape of what it keeps, never the code of the rooms above it.
import type { DeletedPhoto, PhotoRecord } from '../records/photo.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import type { DeletedModel, ModelRecord } from '../records/model.ts';
import type { ClassRecord } from '../records/class.ts';
import type { Checkpoint } from '../records/checkpoint.ts';
import type { TrainOptions } from '../records/training.ts';
import type { Throughput } from '../records/throughput.ts';

/** ArrayBuffers, not Blobs: WebKit still fails now and then with "Error preparing Blob/File data". */
export interface StoredImage {
  readonly photoId: string;
  readonly bytes: ArrayBuffer;
  readonly type: string;
}

/** Features of one variant of one photo, from one base at one size. */
export interface StoredFeatures {
  readonly photoId: string;
  /** Which base, weights and input size made them: features of two spaces never mix. */
  readonly featureSpaceId: string;
  /** How the photo was augmented first; `plain` for not at all. */
  readonly variant: string;
  /** Float32: `[featureLength]`, or the numbers of a boundary activation. */
  readonly values: ArrayBuffer;
}

/** What a checkpoint restores, kept apart so that reading about it does not read all of it. */
interface StoredTrainingState {
  readonly slot: number;
  readonly bytes: ArrayBuffer;
}

interface StoredWeights {
  readonly modelId: string;
  /** Every weight of the model behind the other, as the record's `weights` lists them. */
  readonly bytes: ArrayBuffer;
}

export interface RightLabels {
  /** Of the model that disagreed; the next one is asked anew. */
  readonly modelId: string;
  /** Photo id and class id. */
  readonly labels: readonly (readonly [photoId: string, classId: string])[];
}

export interface Settings {
  /** Which library this is: see library.ts. It belongs to the phone, and is no choice of the person. */
  libraryId: string;
  /** The model that the live view uses. */
  activeModelId: string;
  /** The base that features are computed with. */
  baseId: string;
  /** Side of the base's input in pixels. */
  inputSize: number;
  /** Bases that the person added; their files are in the cache of bases. */
  ownBases: readonly BaseSpec[];
  /** How the next training goes; as the one before, or Quick, where it was never chosen. */
  trainingOptions: TrainOptions;
  /** How fast this device was, by backend and space of features. */
  throughputs: Readonly<Record<string, Throughput>>;
  /** The camera was used before, so it may be opened without asking for a tap first. */
  cameraUsed: boolean;
  /** The person was asked once whether to install the app. */
  installOffered: boolean;
  /** The browser was asked to keep the data, and what it said. */
  keepAsked: { readonly at: number; readonly granted: boolean };
  /** Labels that the person called right although a model disagrees; see photos/right-labels.ts. */
  rightLabels: RightLabels;
  /** Only while it is tried whether there is room for more; see probe-free-space.ts. */
  roomProbe: ArrayBuffer;
}

export interface PurrceptronSchema extends DBSchema {
  classes: { key: string; value: ClassRecord };
  photos: {
    key: string;
    value: PhotoRecord;
    indexes: {
      byClass: [string, number];
      byCreated: number;
      bySha256: string;
      /** Once for each of the 8 bands of the perceptual hash. */
      byHashBand: number;
    };
  };
  /** Photos that can still be brought back; their bytes stay in `images` and `thumbnails`. */
  deletedPhotos: { key: string; value: DeletedPhoto };
  images: { key: string; value: StoredImage };
  thumbnails: { key: string; value: StoredImage };
  features: {
    key: [featureSpaceId: string, photoId: string, variant: string];
    value: StoredFeatures;
    indexes: { byPhoto: string };
  };
  models: { key: string; value: ModelRecord; indexes: { byCreated: number } };
  /** Models that can still be brought back; their weights stay in `modelWeights`. */
  deletedModels: { key: string; value: DeletedModel };
  modelWeights: { key: string; value: StoredWeights };
  /** The training under way, in two slots that take turns: the older one is there while the newer is written. */
  checkpoints: { key: number; value: Checkpoint };
  trainingStates: { key: number; value: StoredTrainingState };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
}
