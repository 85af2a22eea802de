/**
 * A tensor that a layer reads: the name of the layer that computes it, the index of that layer's
 * call, the index of the call's output, and keyword arguments.
 */
export type TensorRef = readonly [
  layer: string,
  node: number,
  tensor: number,
  kwargs?: Readonly<Record<string, unknown>>,
];

/** The arguments of a layer's constructor in Keras, by name. */
export type LayerConfig = Record<string, unknown>;

/** A layer of a functional model in the format that Keras 2 writes and TensorFlow.js reads. */
export interface LayerJson {
  name: string;
  class_name: string;
  config: LayerConfig;
  /** For each call of the layer, the tensors that it reads. */
  inbound_nodes: TensorRef[][];
}

/** A functional model in the format that Keras 2 writes and TensorFlow.js reads. */
export interface FunctionalJson {
  class_name: 'Model';
  config: {
    name: string;
    layers: LayerJson[];
    input_layers: TensorRef[];
    output_layers: TensorRef[];
  };
}

/** The JSON of a model is invalid, or holds something that this app does not support. */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}

/** Whether a JSON value is an object, and neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
