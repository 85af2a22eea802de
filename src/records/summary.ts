/** What a summary tells of a layer. */
export interface LayerDescription {
  readonly name: string;
  /** Keras's class, such as "Conv2D". */
  readonly className: string;
  /** `null` is the batch, or a side that is not fixed. */
  readonly outputShape: readonly (number | null)[];
  /** Numbers in its weights. */
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number };
  /** Names of the layers that it reads. */
  readonly inputs: readonly string[];
}

/** A line of the table, in Keras's words. */
interface SummaryRow {
  /** "Conv1 (Conv2D)". */
  readonly layer: string;
  /** "(None, 80, 80, 32)". */
  readonly outputShape: string;
  readonly parameters: number;
  /** "input_1[0][0]" for each layer that it reads. */
  readonly connectedTo: readonly string[];
}

export interface Summary {
  readonly rows: readonly SummaryRow[];
  /** Numbers in the weights of all layers together. */
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** The base's layers as Keras prints them, and those of the whole model around it. */
export interface ModelSummaries {
  readonly base: Summary;
  readonly whole: Summary;
}

export interface SummaryOptions {
  /** The first layer of the base that learns; none unless told. */
  readonly fromLayer?: string;
  /** Classes of the head; those of the library unless told. */
  readonly classes?: number;
}

/** A place from which on a base can be fine-tuned. */
export interface TunableBlock {
  /** Its first layer, by Keras's name. */
  readonly layer: string;
  /** "block_11", or the layer's own name. */
  readonly name: string;
  /** Parameters of the base that learn from there on. */
  readonly parameters: number;
  /** Whether fine-tuning starts here by default. */
  readonly isDefault: boolean;
}
