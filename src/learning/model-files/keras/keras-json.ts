/** What a layer reads: name of a layer, which of its calls, which of that call's outputs, arguments. */
export type TensorRef = readonly [
  layer: string,
  node: number,
  tensor: number,
  kwargs?: Readonly<Record<string, unknown>>,
];

export type LayerConfig = Record<string, unknown>;

/** A layer of a functional model, as Keras 2 writes it and TensorFlow.js reads it. */
export interface LayerJson {
  name: string;
  class_name: string;
  config: LayerConfig;
  /** For each call of the layer, what it reads. */
  inbound_nodes: TensorRef[][];
}

/** A functional model, as Keras 2 writes it and TensorFlow.js reads it. */
export interface FunctionalJson {
  class_name: 'Model';
  config: {
    name: string;
    layers: LayerJson[];
    input_layers: TensorRef[];
    output_layers: TensorRef[];
  };
}

/** A model's own JSON says it wrongly, or says what this app does not know. */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
