import type { FunctionalJson, LayerJson, TensorRef } from './keras/keras-json.ts';
import { MapSides, type Sides } from './keras/map-sides.ts';

/**
 * Layers that always reduce a feature map to a vector. Other pooling layers can also do so, if the
 * map has the size of their window.
 */
const REDUCES = /^(Keepdims)?Global(Average|Max)Pooling2D$|^Flatten$/;

/** Layers that a classifier can consist of, between the features of a network and its output. */
const TOP = new Set([
  'Activation',
  'AveragePooling2D',
  'BatchNormalization',
  'Conv2D',
  'Dense',
  'Dropout',
  'Flatten',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'KeepdimsGlobalAveragePooling2D',
  'KeepdimsGlobalMaxPooling2D',
  'LayerNormalization',
  'MaxPooling2D',
  'Permute',
  'ReLU',
  'Reshape',
  'Softmax',
]);

/** Side of the input in pixels that is assumed for a network which takes any size. */
export const DEFAULT_SIZE = 224;

/** A layer of a classifier, with what it reads. */
export interface TopLayer {
  readonly layer: LayerJson;
  readonly reads: TensorRef;
  /** Sides of the tensor that it reads. */
  readonly sides: Sides;
}

/** A network in two parts. */
interface CutNetwork {
  /** From the input to the features. */
  readonly body: FunctionalJson;
  /** From the features to the output, in order; empty for a network without a classifier. */
  readonly top: readonly TopLayer[];
}

/**
 * Cuts off the classifier of a network and the pooling before it. The body ends at the last feature
 * map, `[batch, h, w, channels]`, which class activation maps need, or, if there is no feature map,
 * at the vector that the first dense layer of the classifier reads.
 *
 * The network is cut before it is built: the classifier may only fit the network's own input size,
 * and may be larger than its body.
 *
 * @param model from `normalizeTopology`, with one input and one output; not changed
 */
export function cutClassifier(model: FunctionalJson): CutNetwork {
  const sides = new MapSides(model, inputSides(model));
  const layers = new Map(model.config.layers.map((layer) => [layer.name, layer]));
  const output = model.config.output_layers[0]!;
  /** The layers from the output back. */
  const passed: TopLayer[] = [];
  /** Number of layers that are cut off. */
  let reduced = 0;
  let dense = 0;
  let tensor = output;
  // A feature map with more than one position is not part of a classifier.
  while (!isMap(sides.of(tensor)) || tensor === output) {
    const layer = layers.get(tensor[0])!;
    const [reads, ...others] = layer.inbound_nodes[tensor[1]] ?? [];
    const kind = layer.class_name;
    if (!reads || others.length > 0 || !TOP.has(kind)) break;
    const before = sides.of(reads);
    passed.push({ layer, reads, sides: before });
    if (isReduction(kind, before, sides.of(tensor))) reduced = passed.length;
    else if (isMap(sides.of(tensor))) break;
    if (kind === 'Dense') dense = passed.length;
    tensor = reads;
  }
  const top = passed.slice(0, reduced || dense).reverse();
  return { body: top[0] ? upTo(model, top[0].reads) : model, top };
}

/** The part of a network that computes one of its tensors. */
export function upTo(model: FunctionalJson, output: TensorRef): FunctionalJson {
  const layers = new Map(model.config.layers.map((layer) => [layer.name, layer]));
  /** For each layer, how many of its calls are needed. */
  const calls = new Map<string, number>();
  const waiting = [output];
  for (let ref = waiting.pop(); ref; ref = waiting.pop()) {
    const [name, node] = ref;
    const before = calls.get(name) ?? 0;
    if (before > node) continue;
    calls.set(name, node + 1);
    waiting.push(...(layers.get(name)?.inbound_nodes.slice(before, node + 1) ?? []).flat());
  }
  const { config } = model;
  return {
    ...model,
    config: {
      ...config,
      layers: config.layers
        .filter(({ name }) => calls.has(name))
        .map((layer) => ({
          ...layer,
          inbound_nodes: layer.inbound_nodes.slice(0, calls.get(layer.name)),
        })),
      output_layers: [output],
    },
  };
}

/** The side of the input in pixels; undefined for a network that takes any size. */
function ownSize({ config }: FunctionalJson): number | undefined {
  const input = config.layers.find(({ name }) => name === config.input_layers[0]?.[0]);
  const shape = input?.config['batch_input_shape'];
  const side: unknown = Array.isArray(shape) ? shape[1] : undefined;
  return typeof side === 'number' ? side : undefined;
}

function inputSides(model: FunctionalJson): Sides {
  const size = ownSize(model) ?? DEFAULT_SIZE;
  return [size, size];
}

/** Whether a layer reduces a feature map to one value per channel, or flattens it. */
function isReduction(kind: string, read: Sides, made: Sides): boolean {
  if (!read) return false;
  if (REDUCES.test(kind)) return true;
  const becomesOnePosition = isMap(read) && !isMap(made);
  return becomesOnePosition && (kind === 'AveragePooling2D' || kind === 'Reshape');
}

/**
 * Whether a tensor is a feature map with more than one position; an unknown size counts as more.
 */
export function isMap(sides: Sides): boolean {
  return sides !== undefined && !(sides[0] === 1 && sides[1] === 1);
}
