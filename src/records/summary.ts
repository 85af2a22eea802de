import type { FurtherFeatures } from './further-features.ts';

/** The properties of a layer that a model summary shows. */
export interface LayerDescription {
  readonly name: string;
  /** Keras class name, such as "Conv2D". */
  readonly className: string;
  /** `null` for the batch dimension, or for a dimension of variable size. */
  readonly outputShape: readonly (number | null)[];
  /** Number of parameters. */
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number };
  /** Names of the layers whose outputs it reads. */
  readonly inputs: readonly string[];
}

/** A row of the table that Keras's `summary()` prints. */
interface SummaryRow {
  /** "Conv1 (Conv2D)". */
  readonly layer: string;
  /** "(None, 80, 80, 32)". */
  readonly outputShape: string;
  /** Number of parameters. */
  readonly parameters: number;
  /** Such as "input_1[0][0]", one for each layer whose output it reads. */
  readonly connectedTo: readonly string[];
}

/** A model summary as Keras's `summary()` prints it. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  /** Number of parameters of all layers. */
  readonly total: number;
  /** Number of parameters that are trained. */
  readonly trainable: number;
  /** Number of parameters that are frozen, or moving statistics. */
  readonly nonTrainable: number;
}

/** Summaries of the base alone, and of the whole model with preprocessing, base and head. */
export interface ModelSummaries {
  readonly base: Summary;
  readonly whole: Summary;
}

/** Options of a summary. */
export interface SummaryOptions {
  /** Keras name of the first trainable layer of the base; by default the base is frozen. */
  readonly fromLayer?: string;
  /** Number of classes; by default those of the library that have photos. */
  readonly classes?: number;
  /** What the head reads beside the features of the last map; by default nothing. */
  readonly further?: FurtherFeatures;
}

/** A block of layers from which on a base can be fine-tuned. */
export interface TunableBlock {
  /** Keras name of the first layer to fine-tune. */
  readonly layer: string;
  /** Display name: the block, such as "block_11", or the layer. */
  readonly name: string;
  /** Trainable parameters of the base from this layer on. */
  readonly parameters: number;
  /** Whether fine-tuning starts here by default. */
  readonly isDefault: boolean;
}
