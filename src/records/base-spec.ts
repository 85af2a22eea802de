/**
 * Features of the golden picture (see `goldenPicture`) at one input size, computed by something
 * other than the code that they check.
 */
export interface GoldenFeatures {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Largest absolute difference allowed, for each of `first`, `l2` and `mean`. */
  readonly tolerance: number;
  /** The first features of the vector. */
  readonly first: readonly number[];
  /** Euclidean norm of the whole vector. */
  readonly l2: number;
  readonly mean: number;
  /** Index of the largest feature. */
  readonly argmax: number;
}

export interface BaseFile {
  /** Relative to the base's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * A pretrained base model: all that the app knows of it. Stands as `spec.json` beside the files of
 * a TF.js LayersModel or GraphModel.
 */
export interface BaseSpec {
  readonly id: string;
  /** For the person, such as "MobileNetV2, Open Images". */
  readonly name: string;
  /** Such as "MobileNetV2 1.00". */
  readonly architecture: string;
  readonly format: 'layers-model' | 'graph-model';
  /** Sides of the square input that it serves, in pixels; the first is the default. */
  readonly inputSizes: readonly number[];
  /** What pixel values 0 and 255 become; the extremes over all channels where they differ. */
  readonly inputRange: readonly [number, number];
  /** Keras's mode of preprocessing, see `preprocess`; a plain scaling to the range unless told. */
  readonly preprocessing?: 'tf' | 'torch' | 'caffe';
  /** Length of the feature vector after global average pooling. */
  readonly featureLength: number;
  /** Layers of a LayersModel, as Keras counts them. */
  readonly layers?: number;
  readonly parameters: number;
  /** `model.json` first. */
  readonly files: readonly BaseFile[];
  readonly provenance: {
    /** Where the weights come from, in a sentence. */
    readonly source: string;
    /** Data they were trained on. */
    readonly trainedOn: string;
  };
  readonly licence: { readonly name: string; readonly holder: string };
  /** The base was added by the person: its files are in the cache and nowhere else. */
  readonly own?: true;
  /** The first layer from which on the base can be fine-tuned; absent where it cannot: see `isTunable`. */
  readonly fineTuneFrom?: string;
  /** What computed the golden features, where it was not TF.js's cpu backend or another program. */
  readonly goldenFrom?: 'wasm';
  readonly golden: readonly GoldenFeatures[];
}

/** Bytes of a base's `model.json` and of its weights, at most; a phone holds them while it checks them. */
export const BASE_BYTES = { modelJson: 8_000_000, weights: 130_000_000 } as const;

/** What a backup keeps of a base of the person's own, beside its files. */
export type BaseBackup = Pick<
  BaseSpec,
  | 'id'
  | 'name'
  | 'inputSizes'
  | 'inputRange'
  | 'preprocessing'
  | 'files'
  | 'provenance'
  | 'licence'
  | 'golden'
>;

/** Whether a base has layers that can learn: a GraphModel tells none, others end in some that cannot. */
export function isTunable({ fineTuneFrom }: Pick<BaseSpec, 'fineTuneFrom'>): boolean {
  return fineTuneFrom !== undefined;
}

/** `bases/index.json`: which bases a build serves. */
export interface BaseIndex {
  readonly default: string;
  readonly bases: readonly string[];
}

/** A base and where its files are. */
export interface LocatedBase {
  readonly spec: BaseSpec;
  /** Address of the base's folder, ending in a slash. */
  readonly url: string;
}
