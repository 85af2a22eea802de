import type { BaseSpec } from './base-spec.ts';
import type { FurtherFeatures } from './further-features.ts';
import type { Prior } from './prior.ts';

/** How a number of a kernel is written. */
export type Precision = 'int8' | 'float16' | 'float32';

/** What a prior needs besides the known classes of the base, which the other phone has. */
export interface PhonePrior extends Prior {
  /** SHA-256 of the file with the known classes of the base, `KnownClasses.file`. */
  readonly sha256: string;
}

/** Everything of a model but its numbers. */
export interface PhoneModelFacts {
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly base: {
    readonly id: string;
    readonly name: string;
    /** Side of the input in pixels. */
    readonly inputSize: number;
    /** Holds the hashes of the base's files: equal ids mean equal features. */
    readonly featureSpaceId: string;
    /** Size of its files in bytes, for a phone that must fetch it; absent if that is not known. */
    readonly bytes?: number;
  };
  /** In the order of the outputs; `palette` as in ClassRecord. */
  readonly classes: readonly { readonly name: string; readonly palette: number }[];
  readonly temperature: number;
  /** As in Hyperparameters. */
  readonly askedVariants: readonly ('plain' | 'flip')[];
  /** Number of photos that it learned from; absent if that is not known. */
  readonly photos?: number;
  /** How it did on the test photos of the phone that trained it. */
  readonly test?: { readonly count: number; readonly correct: number };
  readonly prior?: PhonePrior;
  /** As `ModelRecord.further`. */
  readonly further?: FurtherFeatures;
}

/** How a head with rounded weights answers the photos of this phone, compared with the head itself. */
export interface Agreement {
  /** `test`: the test photos of the model; `other`: all its photos that are here, as none is for testing. */
  readonly photos: 'test' | 'other';
  /** Number of photos. */
  readonly count: number;
  /** Number of photos to which both give the same answer. */
  readonly same: number;
  /** Largest difference of a probability, 0 to 1. */
  readonly difference: number;
}

/** A written model, which has been read again and compared. */
export interface WrittenModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly precision: Precision;
  /** Absent if no photo of the model is here. */
  readonly agreement?: Agreement;
}

/** A model that is ready for another phone. */
export interface PackedModel {
  /** Name of the file. */
  readonly name: string;
  /** Rounded only as far as its answers allow. */
  readonly file: WrittenModel;
  /** With 8 bits a weight, for a picture. */
  readonly picture: WrittenModel;
}

/** What a head that came from another phone needs of its base. */
export interface BaseForHead {
  readonly spec: BaseSpec;
  /** The weights of its prior's predictor: see `Prior`; absent for a model without a prior. */
  readonly known?: {
    /** `[featureLength, known * anchors]` */
    readonly kernel: Float32Array<ArrayBuffer>;
    /** `[known * anchors]` */
    readonly bias: Float32Array<ArrayBuffer>;
  };
}
