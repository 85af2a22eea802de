import type { LayerDescription, Summary } from '../../records/summary.ts';

/** The rows and totals that Keras's `model.summary()` prints. */
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
