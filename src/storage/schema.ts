import type { DBSchema } from 'idb';
// Types only: storage knows the shape of the records, but no code of the rooms that use them.
import type { DeletedPhoto, PhotoRecord } from '../records/photo.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import type { DeletedModel, ModelRecord } from '../records/model.ts';
import type { ClassRecord } from '../records/class.ts';
import type { Checkpoint } from '../records/checkpoint.ts';
import type { TrainOptions } from '../records/training.ts';
import type { PassedSelfTest } from '../records/engine.ts';
import type { Throughput } from '../records/throughput.ts';

/** An ArrayBuffer, not a Blob: WebKit sometimes fails with "Error preparing Blob/File data". */
export interface StoredImage {
  readonly photoId: string;
  readonly bytes: ArrayBuffer;
  /** Its MIME type. */
  readonly type: string;
}

/** Features of one variant of one photo, computed by one base model at one input size. */
export interface StoredFeatures {
  readonly photoId: string;
  /** Identifies the base, its weights and its input size: features of two spaces never mix. */
  readonly featureSpaceId: string;
  /** How the photo was augmented; `plain` if it was not. */
  readonly variant: string;
  /** Float32 values of shape `[featureLength]`, or those of a boundary activation. */
  readonly values: ArrayBuffer;
}

/** The state of a checkpoint, in its own store, so that the record can be read without it. */
interface StoredTrainingState {
  readonly slot: number;
  readonly bytes: ArrayBuffer;
}

interface StoredWeights {
  readonly modelId: string;
  /** All weights of the model concatenated, in the order of the record's `weights`. */
  readonly bytes: ArrayBuffer;
}

/** Labels that the person confirmed although the model's prediction differs. */
export interface RightLabels {
  /** The model with the other predictions; with the next model the labels are checked again. */
  readonly modelId: string;
  readonly labels: readonly (readonly [photoId: string, classId: string])[];
}

/** The values of the store `settings`, by key. Every one may be absent. */
export interface Settings {
  /** The identity of this library on this phone, not a choice of the person; see library.ts. */
  libraryId: string;
  /** The model that the live view uses. */
  activeModelId: string;
  /** The base model that computes the features. */
  baseId: string;
  /** Width and height of the base's input in pixels. */
  inputSize: number;
  /** Whether a new model starts from what its base knows; if absent, it does. */
  usesKnownClasses: boolean;
  /** Whether an import moves the square of a wide picture onto the animal; if absent, it does. */
  movesSquares: boolean;
  /** Base models that the person added; their files are in the cache of bases. */
  ownBases: readonly BaseSpec[];
  /** Options of the next training: those of the last one, or Quick if none was ever chosen. */
  trainingOptions: TrainOptions;
  /** Measured throughput of this device, by backend and feature space. */
  throughputs: Readonly<Record<string, Throughput>>;
  /** Self-tests on the processor that were passed here; see passed-self-tests.ts. */
  selfTests: Readonly<Record<string, PassedSelfTest>>;
  /** The camera was used before, so it may be opened without a tap. */
  cameraUsed: boolean;
  /** The person was once offered to install the app. */
  installOffered: boolean;
  /** When persistent storage was requested, in ms since the epoch, and whether it was granted. */
  keepAsked: { readonly at: number; readonly granted: boolean };
  /** See photos/right-labels.ts. */
  rightLabels: RightLabels;
  /** Present only while free space is probed; see probe-free-space.ts. */
  roomProbe: ArrayBuffer;
}

/** The object stores of the database, their keys and indexes. */
export interface PurrceptronSchema extends DBSchema {
  classes: { key: string; value: ClassRecord };
  photos: {
    key: string;
    value: PhotoRecord;
    indexes: {
      byClass: [string, number];
      byCreated: number;
      bySha256: string;
      /** A `multiEntry` index over the 8 bands of the perceptual hash. */
      byHashBand: number;
      /** Class and time of taking, of the photos that have one. */
      byTaken: [string, number];
      /** The photos of a group, except its first one. */
      byBurst: string;
    };
  };
  /** Deleted photos that can still be restored; their bytes stay in `images` and `thumbnails`. */
  deletedPhotos: { key: string; value: DeletedPhoto };
  images: { key: string; value: StoredImage };
  thumbnails: { key: string; value: StoredImage };
  features: {
    key: [featureSpaceId: string, photoId: string, variant: string];
    value: StoredFeatures;
    indexes: { byPhoto: string };
  };
  models: { key: string; value: ModelRecord; indexes: { byCreated: number } };
  /** Deleted models that can still be restored; their weights stay in `modelWeights`. */
  deletedModels: { key: string; value: DeletedModel };
  modelWeights: { key: string; value: StoredWeights };
  /**
   * The unfinished training, in two slots that are written alternately, so that the older
   * checkpoint is intact while the newer one is written.
   */
  checkpoints: { key: number; value: Checkpoint };
  trainingStates: { key: number; value: StoredTrainingState };
  settings: { key: keyof Settings; value: Settings[keyof Settings] };
}
