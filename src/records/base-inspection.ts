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

/** How to preprocess pixels: Keras's three modes, or a plain scaling to a range. */
export type PreprocessingMode = 'tf' | 'torch' | 'caffe' | '0..1' | '0..255';

/**
 * Where to read a model from: files chosen by the user, or the URL of its model.json or its folder.
 */
export type BaseSource = { readonly files: readonly File[] } | { readonly url: string };

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
}

/** What the user answers when adding a model. */
export interface BaseAnswers {
  readonly name: string;
  readonly mode: PreprocessingMode;
  /** Side of the input in pixels, for a model that accepts any size. */
  readonly inputSize?: number;
  readonly licence?: string;
}

/** Progress while a model is added. */
export interface AddProgress {
  readonly stage: 'reading' | 'checking' | 'computing' | 'saving';
  /** Fraction of the stage that is done, 0 to 1. */
  readonly progress: number;
}
