import type { BaseFurther } from './further-features.ts';
import type { KnownClasses } from './known-classes.ts';

/**
 * Reference features of the golden picture (see `goldenPicture`) at one input size, computed by
 * other code than the code that they check.
 */
export interface GoldenFeatures {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Largest allowed absolute difference in each of `first`, `l2` and `mean`. */
  readonly tolerance: number;
  /** The first features of the vector. */
  readonly first: readonly number[];
  /** Euclidean norm of the vector. */
  readonly l2: number;
  /** Mean of the vector. */
  readonly mean: number;
  /** Index of the largest feature. */
  readonly argmax: number;
}

/** A file of a base. */
export interface BaseFile {
  /** Path relative to the base's folder. */
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Everything that the app knows about a pretrained base model. Stored as `spec.json` beside the
 * files of a TensorFlow.js LayersModel or GraphModel.
 */
export interface BaseSpec {
  readonly id: string;
  /** Display name, such as "MobileNetV2, Open Images". */
  readonly name: string;
  /** Such as "MobileNetV2 1.00". */
  readonly architecture: string;
  readonly format: 'layers-model' | 'graph-model';
  /** Supported sides of the square input, in pixels; the first is the default. */
  readonly inputSizes: readonly number[];
  /**
   * The values that pixel values 0 and 255 are mapped to; if the channels differ, the lowest and
   * the highest.
   */
  readonly inputRange: readonly [number, number];
  /** Keras's preprocessing mode, see `preprocess`; if absent, a plain scaling to `inputRange`. */
  readonly preprocessing?: 'tf' | 'torch' | 'caffe';
  /** Length of the feature vector after global average pooling. */
  readonly featureLength: number;
  /** Number of layers of a LayersModel, as Keras counts them. */
  readonly layers?: number;
  /** Number of parameters. */
  readonly parameters: number;
  /** `model.json` first, then the weight files. */
  readonly files: readonly BaseFile[];
  readonly provenance: {
    /** Where the weights come from, in a sentence. */
    readonly source: string;
    /** The dataset that they were trained on. */
    readonly trainedOn: string;
  };
  readonly licence: { readonly name: string; readonly holder: string };
  /** Set if the user added the base: its files exist only in the cache. */
  readonly own?: true;
  /**
   * Keras name of the first layer from which the base can be fine-tuned; absent if it cannot be,
   * see `isTunable`.
   */
  readonly fineTuneFrom?: string;
  /**
   * Set if the wasm backend computed the golden features, not the cpu backend or another program.
   */
  readonly goldenFrom?: 'wasm';
  /** Reference features, one entry for each input size. */
  readonly golden: readonly GoldenFeatures[];
  /** The classes that it can name without any training; absent if its files do not say. */
  readonly knows?: KnownClasses;
  /** Features of an earlier layer that a head may read too; absent if it gives none. */
  readonly further?: BaseFurther;
}

/**
 * Largest size in bytes of a base's `model.json` and of its weights; a phone holds them in memory
 * while it checks them.
 */
export const BASE_BYTES = { modelJson: 8_000_000, weights: 130_000_000 } as const;

/** What a backup stores about a base added by the user, in addition to its files. */
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

/**
 * Whether a base can be fine-tuned. A GraphModel cannot, because it has no layers, nor can a
 * LayersModel whose last layers are of a kind without gradients here.
 */
export function isTunable({ fineTuneFrom }: Pick<BaseSpec, 'fineTuneFrom'>): boolean {
  return fineTuneFrom !== undefined;
}

/** Contents of `bases/index.json`: the ids of the bases that come with the app. */
export interface BaseIndex {
  readonly default: string;
  readonly bases: readonly string[];
}

/** A base and the location of its files. */
export interface LocatedBase {
  readonly spec: BaseSpec;
  /** URL of the base's folder, ending in a slash. */
  readonly url: string;
}
