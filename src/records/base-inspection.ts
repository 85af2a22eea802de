import type { BaseSpec } from './base-spec.ts';

/** What a model says of itself. */
export interface ModelFacts {
  readonly architecture: string;
  /** Side of the input that it was made for, in pixels; absent where it takes any. */
  readonly ownSize?: number;
  /** Whether the same weights serve other sizes. */
  readonly anySize: boolean;
  readonly featureLength: number;
  readonly layers?: number;
  readonly parameters: number;
  readonly fineTuneFrom?: string;
  /** The last layer that is left, where a classifier was cut off. */
  readonly cutAt?: string;
  /** Classes of the layers right behind the input. */
  readonly firstLayers: readonly string[];
}

/** What a person can say of a base's input: Keras's three modes, or a plain range. */
export type PreprocessingMode = 'tf' | 'torch' | 'caffe' | '0..1' | '0..255';

/** Where a model is: files that the person chose, or the address of its model.json or its folder. */
export type BaseSource = { readonly files: readonly File[] } | { readonly url: string };

/** What was found in a model, and what the app suggests for what the model does not say. */
export interface BaseInspection {
  /** Of its folder or address. */
  readonly name: string;
  readonly format: BaseSpec['format'];
  readonly facts: ModelFacts;
  readonly bytes: number;
  readonly files: number;
  readonly mode: PreprocessingMode;
  /** In pixels; the first is its own, or the suggested one where it takes any. */
  readonly inputSizes: readonly number[];
}

/** What a person says of a model. */
export interface BaseAnswers {
  readonly name: string;
  readonly mode: PreprocessingMode;
  /** Side of the input in pixels, for a model that takes any. */
  readonly inputSize?: number;
  readonly licence?: string;
}

export interface AddProgress {
  readonly stage: 'reading' | 'checking' | 'computing' | 'saving';
  /** Share of the stage, 0 to 1. */
  readonly progress: number;
}
