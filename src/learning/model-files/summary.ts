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

/** Counts and words what Keras's `model.summary()` shows. */
export function summary(layers: readonly LayerDescription[]): Summary {
  const sum = (kind: 'trainable' | 'nonTrainable') =>
    layers.reduce((total, { parameters }) => total + parameters[kind], 0);
  const [trainable, nonTrainable] = [sum('trainable'), sum('nonTrainable')];
  return {
    rows: layers.map((layer) => ({
      layer: `${layer.name} (${layer.className})`,
      outputShape: shapeText(layer),
      parameters: layer.parameters.trainable + layer.parameters.nonTrainable,
      connectedTo: layer.inputs.map((name) => `${name}[0][0]`),
    })),
    total: trainable + nonTrainable,
    trainable,
    nonTrainable,
  };
}

function shapeText({ outputShape, className }: LayerDescription): string {
  const shape = `(${outputShape.map((side) => side ?? 'None').join(', ')})`;
  // Keras shows the input as a list of its tensors.
  return className === 'InputLayer' ? `[${shape}]` : shape;
}
