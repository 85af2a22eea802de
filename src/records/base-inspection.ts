import type { BaseSpec } from './base-spec.ts';

/** The properties of a model that its own files determine. */
export interface ModelFacts {
  readonly architecture: string;
  /** Side of the input in pixels that the model declares; absent if it accepts any size. */
  readonly ownSize?: number;
  /** Whether the same weights also work at other input sizes. */
  readonly anySize: boolean;
  readonly featureLength: number;
  /** Number of layers; absent for a GraphModel. */
  readonly layers?: number;
  /** Number of parameters. */
  readonly parameters: number;
  /** As `BaseSpec.fineTuneFrom`. */
  readonly fineTuneFrom?: string;
  /** The last remaining layer, if a classifier was cut off. */
  readonly cutAt?: string;
  /** Keras class names of the layers directly after the input. */
  readonly firstLayers: readonly string[];
}

/**
 * How to preprocess pixels: Keras's three modes, a plain scaling to a range, or that of Teachable
 * Machine, `x / 127 - 1`.
 */
export type PreprocessingMode = 'tf' | 'torch' | 'caffe' | '0..1' | '0..255' | 'tm';

/**
 * Where to read a model from: files chosen by the user, or the URL of its model.json or its folder.
 */
export type BaseSource = { readonly files: readonly File[] } | { readonly url: string };

/** Why a classifier cannot become a model of the app, though its body can become a base. */
export type ClassifierFault =
  /** It has too many classes, or too many numbers before its last layer. */
  | { readonly kind: 'classes' | 'features'; readonly count: number }
  /** Its output is not one probability for each class. */
  | { readonly kind: 'form' };

/** What the app found in a model, and its suggestions for what the files do not state. */
export interface BaseInspection {
  /** Suggested name, from the folder or the URL. */
  readonly name: string;
  readonly format: BaseSpec['format'];
  readonly facts: ModelFacts;
  /** Total size of the files in bytes. */
  readonly bytes: number;
  /** Number of files. */
  readonly files: number;
  /** Suggested preprocessing. */
  readonly mode: PreprocessingMode;
  /** Sides of the input in pixels; the first is the model's own size, or the suggested one. */
  readonly inputSizes: readonly number[];
  /** A classifier of which the app can make a model. */
  readonly classifier?: {
    readonly classes: number;
    /** The class names that the files state, one for each class; they may not be valid names. */
    readonly labels?: readonly string[];
    /** How many names the files state, if that is another number than the classes. */
    readonly namesInstead?: number;
  };
  /** Present if the model is a classifier of which the app can make no model. */
  readonly fault?: ClassifierFault;
}

/** What the user answers when adding a model. */
export interface BaseAnswers {
  readonly name: string;
  readonly mode: PreprocessingMode;
  /** Side of the input in pixels, for a model that accepts any size. */
  readonly inputSize?: number;
  readonly licence?: string;
  /** Whether the classifier is wanted, to make a model of it; default: only the base. */
  readonly asClassifier?: boolean;
}

/** The classifier of a base that was added, from which a model can be stored. */
export interface AddedClassifier {
  /** Side of the input in pixels. */
  readonly inputSize: number;
  /** Id of the features that the head reads; see `feature-space-id.ts`. */
  readonly featureSpaceId: string;
  /** `[featureLength, outputs]`, row-major; 1 output for two classes, otherwise one per class */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** `[outputs]` */
  readonly bias: Float32Array<ArrayBuffer>;
}

/** What adding a model stored. */
export interface AddedBase {
  readonly spec: BaseSpec;
  /** Present if it was asked for. It is not stored. */
  readonly classifier?: AddedClassifier;
}

/** Progress while a model is added. */
export interface AddProgress {
  readonly stage: 'reading' | 'checking' | 'computing' | 'saving';
  /** Fraction of the stage that is done, 0 to 1. */
  readonly progress: number;
}
