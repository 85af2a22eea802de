import type { FunctionalJson, LayerConfig, LayerJson, TensorRef } from './keras-json.ts';

/**
 * Height and width of a feature map, `[batch, h, w, channels]`, null where they are not known;
 * undefined for a tensor of another rank, such as a vector.
 */
export type Sides = readonly [height: number | null, width: number | null] | undefined;

/** The sides of each tensor of a network, computed from its JSON alone, without building it. */
export class MapSides {
  readonly #layers: ReadonlyMap<string, LayerJson>;
  readonly #input: Sides;
  readonly #found = new Map<string, Sides>();

  /**
   * @param model from `normalizeTopology`: a valid graph
   * @param input the sides of its input
   */
  constructor({ config }: FunctionalJson, input: Sides) {
    this.#layers = new Map(config.layers.map((layer) => [layer.name, layer]));
    this.#input = input;
  }

  /** The sides of a tensor of the network. */
  of(ref: TensorRef): Sides {
    // A stack of its own: a deep network would overflow that of recursive calls.
    const waiting = [ref];
    while (waiting.length > 0) {
      const current = waiting.at(-1)!;
      const key = keyOf(current);
      const reads = this.#layers.get(current[0])?.inbound_nodes[current[1]] ?? [];
      const missing = this.#found.has(key)
        ? []
        : reads.filter((read) => !this.#found.has(keyOf(read)));
      if (missing.length > 0) {
        waiting.push(...missing);
        continue;
      }
      if (!this.#found.has(key)) this.#found.set(key, this.#compute(current, reads));
      waiting.pop();
    }
    return this.#found.get(keyOf(ref));
  }

  #compute([name]: TensorRef, reads: readonly TensorRef[]): Sides {
    const layer = this.#layers.get(name);
    const inputs = reads.map((read) => this.#found.get(keyOf(read)));
    return layer && inputs.length > 0 ? outputSides(layer, inputs) : this.#input;
  }
}

const keyOf = ([layer, node]: TensorRef) => `${node}:${layer}`;

function outputSides({ class_name, config }: LayerJson, inputs: readonly Sides[]): Sides {
  const input = inputs.reduce(broadcast);
  switch (class_name) {
    case 'Conv2D':
    case 'GroupedConv2D':
    case 'DepthwiseConv2D':
    case 'SeparableConv2D':
      return windowed(input, config, pairOf(config['kernel_size']), pairOf(config['strides'], 1));
    case 'AveragePooling2D':
    case 'MaxPooling2D': {
      const size = pairOf(config['pool_size'], 2);
      return windowed(input, config, size, pairOf(config['strides'] ?? config['pool_size'], 2));
    }
    case 'Conv2DTranspose': {
      const [kernel, stride] = [pairOf(config['kernel_size']), pairOf(config['strides'], 1)];
      const rest = (axis: 0 | 1) =>
        config['padding'] === 'same' ? 0 : Math.max(0, kernel[axis] - stride[axis]);
      return mapped(input, (side, axis) => side * stride[axis] + rest(axis));
    }
    case 'UpSampling2D': {
      const size = pairOf(config['size'], 2);
      return mapped(input, (side, axis) => side * size[axis]);
    }
    case 'ZeroPadding2D':
      return mapped(input, (side, axis) => side + bordersOf(config['padding'], axis));
    case 'Cropping2D':
      return mapped(input, (side, axis) => side - bordersOf(config['cropping'], axis));
    case 'CenterCrop':
    case 'Resizing':
      return [numberOf(config['height']), numberOf(config['width'])];
    case 'KeepdimsGlobalAveragePooling2D':
    case 'KeepdimsGlobalMaxPooling2D':
      return [1, 1];
    case 'Flatten':
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return undefined;
    case 'Reshape': {
      const shape = Array.isArray(config['target_shape']) ? config['target_shape'] : [];
      return shape.length === 3 ? [numberOf(shape[0]), numberOf(shape[1])] : undefined;
    }
    case 'Permute':
      return input && [null, null];
    case 'Model': {
      const inner = config as unknown as FunctionalJson['config'];
      const output = inner.output_layers[0]!;
      return new MapSides({ class_name: 'Model', config: inner }, input).of(output);
    }
    default:
      return input;
  }
}

/** The sides after a window has passed over a map. */
function windowed(
  input: Sides,
  config: LayerConfig,
  window: readonly [number, number],
  stride: readonly [number, number],
): Sides {
  const dilation = pairOf(config['dilation_rate'], 1);
  return mapped(input, (side, axis) => {
    const border = config['padding'] === 'same' ? 0 : (window[axis] - 1) * dilation[axis];
    return Math.ceil((side - border) / stride[axis]);
  });
}

function mapped(input: Sides, of: (side: number, axis: 0 | 1) => number): Sides {
  if (!input) return undefined;
  const [height, width] = input;
  return [height === null ? null : of(height, 0), width === null ? null : of(width, 1)];
}

/** Sides of the sum or product of two tensors: a map of one position is repeated. */
function broadcast(a: Sides, b: Sides): Sides {
  if (!a || !b) return a ?? b;
  const larger = (axis: 0 | 1) => {
    const [one, other] = [a[axis], b[axis]];
    return one === null || other === null ? null : Math.max(one, other);
  };
  return [larger(0), larger(1)];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}

/** Both numbers of a window or stride: Keras also writes a single one. */
function pairOf(value: unknown, otherwise = NaN): [number, number] {
  const [first = otherwise, second = first] = [value].flat() as (number | undefined)[];
  return [first, second];
}

/** The border on both sides of an axis: one number, one for each axis, or a pair for each. */
function bordersOf(value: unknown, axis: 0 | 1): number {
  const each: unknown = Array.isArray(value) ? value[axis] : value;
  const [before, after] = pairOf(each, 0);
  return before + after;
}
