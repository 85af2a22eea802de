/**
 * MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381) as Keras's `keras.applications.mobilenet_v2`
 * builds it without its top: the same layers, names, order and weights. This file describes the
 * network as plain data and does not import TensorFlow.js.
 */

/**
 * A row of the paper's table 2: expansion factor, number of filters before scaling by alpha, number
 * of blocks, stride of the first block.
 */
export type BottleneckRow = readonly [
  expansion: number,
  filters: number,
  repeats: number,
  stride: number,
];

interface MobileNetV2Options {
  /** Width multiplier; default: 1. */
  readonly alpha?: number;
  /** Side of the square input in pixels; default: 160, as in the tutorial. */
  readonly size?: number;
  /** Filter counts are rounded to multiples of it; default: 8, as in Keras. */
  readonly divisor?: number;
  /** Filters of Conv_1, the last convolution; default: as in Keras. */
  readonly lastFilters?: number;
  /** The inverted residual blocks; default: those of the paper. The first row must expand by 1. */
  readonly rows?: readonly BottleneckRow[];
}

interface WeightShape {
  /** Its name in TensorFlow.js, such as "block_1_expand/kernel". */
  readonly name: string;
  readonly shape: readonly number[];
}

/** A layer of MobileNetV2. */
export interface MobileNetV2Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers that it reads. */
  readonly inputs: readonly string[];
  /** The weights in Keras's order. */
  readonly weights: readonly WeightShape[];
}

/** A description of a MobileNetV2 network. */
export interface MobileNetV2 {
  /** The InputLayer first. */
  readonly layers: readonly MobileNetV2Layer[];
  /** Every weight, layer by layer. */
  readonly weights: readonly WeightShape[];
  /** Filters of the last convolution. */
  readonly featureLength: number;
  /** The number of values in all weights together. */
  readonly parameters: number;
  /** The first layer with weights: the app can fine-tune every layer of this network. */
  readonly fineTuneFrom: string;
  /** `modelTopology` of a TensorFlow.js LayersModel. */
  readonly topology: Readonly<Record<string, unknown>>;
}

/** Keras's epsilon for the batch normalizations of MobileNetV2. */
export const BATCH_NORM_EPSILON = 0.001;

/** The bottleneck rows of the paper's table 2. */
const PAPER_ROWS: readonly BottleneckRow[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** Describes the network; see MobileNetV2Options for its parameters. */
export function mobileNetV2(options: MobileNetV2Options = {}): MobileNetV2 {
  const { alpha = 1, size = 160, divisor = 8, rows = PAPER_ROWS } = options;
  const featureLength =
    options.lastFilters ?? (alpha > 1 ? makeDivisible(1280 * alpha, divisor) : 1280);
  const stack = new Stack(size);
  stack.convolve('Conv1', { filters: makeDivisible(32 * alpha, divisor), kernel: 3, stride: 2 });
  stack.normalize('bn_Conv1').relu('Conv1_relu');
  let block = 0;
  for (const [expansion, filters, repeats, firstStride] of rows) {
    const projected = makeDivisible(Math.trunc(filters * alpha), divisor);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? firstStride : 1;
      stack.invertedResidual(block++, { expansion, filters: projected, stride });
    }
  }
  stack.convolve('Conv_1', { filters: featureLength, padding: 'valid' });
  stack.normalize('Conv_1_bn').relu('out_relu');

  const { layers } = stack;
  const weights = layers.flatMap((layer) => layer.weights);
  const parameters = weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const topology = toTopology(`mobilenetv2_${alpha.toFixed(2)}_${size}`, layers);
  return { layers, weights, featureLength, parameters, fineTuneFrom: 'Conv1', topology };
}

/** Keras's `_make_divisible`: the nearest multiple, but never less than nine tenths of `value`. */
export function makeDivisible(value: number, divisor: number): number {
  const nearest = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return nearest < 0.9 * value ? nearest + divisor : nearest;
}

interface Convolution {
  readonly filters: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: 'same' | 'valid';
}

/** A chain of layers. Tracks the channels and the size of the last layer's output. */
class Stack {
  readonly layers: MobileNetV2Layer[] = [];
  #channels = 3;
  #size: number;

  constructor(size: number) {
    this.#size = size;
    this.layers.push({
      name: 'input_1',
      className: 'InputLayer',
      config: { batch_input_shape: [null, size, size, 3], dtype: 'float32', sparse: false },
      inputs: [],
      weights: [],
    });
  }

  convolve(name: string, { filters, kernel = 1, stride = 1, padding = 'same' }: Convolution): this {
    const weights = [{ name: `${name}/kernel`, shape: [kernel, kernel, this.#channels, filters] }];
    this.#channels = filters;
    this.#size = Math.ceil(this.#size / stride);
    return this.#add(name, 'Conv2D', convolution(kernel, stride, padding, { filters }), weights);
  }

  depthwise(name: string, stride: number): this {
    const padding = stride === 1 ? 'same' : 'valid';
    const weights = [{ name: `${name}/depthwise_kernel`, shape: [3, 3, this.#channels, 1] }];
    return this.#add(name, 'DepthwiseConv2D', convolution(3, stride, padding, {}), weights);
  }

  /** Keras's `correct_pad`: the padding of 'same' in TensorFlow as a separate layer. */
  pad(name: string): this {
    const before = this.#size % 2;
    const side = [before, 1];
    this.#size = Math.ceil(this.#size / 2);
    return this.#add(name, 'ZeroPadding2D', { padding: [side, side] });
  }

  normalize(name: string): this {
    const weights = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((weight) => ({
      name: `${name}/${weight}`,
      shape: [this.#channels],
    }));
    const config = { axis: -1, momentum: 0.999, epsilon: BATCH_NORM_EPSILON };
    return this.#add(name, 'BatchNormalization', config, weights);
  }

  relu(name: string): this {
    return this.#add(name, 'ReLU', { max_value: 6 });
  }

  /** Keras's `_inverted_res_block`: expand, filter depthwise, project, and add the input. */
  invertedResidual(
    block: number,
    { expansion, filters, stride }: { expansion: number; filters: number; stride: number },
  ): void {
    const prefix = block === 0 ? 'expanded_conv' : `block_${block}`;
    const input = this.layers.at(-1)!.name;
    const inputChannels = this.#channels;
    if (block > 0) {
      this.convolve(`${prefix}_expand`, { filters: expansion * inputChannels });
      this.normalize(`${prefix}_expand_BN`).relu(`${prefix}_expand_relu`);
    }
    if (stride === 2) this.pad(`${prefix}_pad`);
    this.depthwise(`${prefix}_depthwise`, stride);
    this.normalize(`${prefix}_depthwise_BN`).relu(`${prefix}_depthwise_relu`);
    this.convolve(`${prefix}_project`, { filters }).normalize(`${prefix}_project_BN`);
    if (inputChannels === filters && stride === 1) {
      this.#add(`${prefix}_add`, 'Add', {}, [], [input, `${prefix}_project_BN`]);
    }
  }

  #add(
    name: string,
    className: string,
    config: Readonly<Record<string, unknown>>,
    weights: readonly WeightShape[] = [],
    inputs: readonly string[] = [this.layers.at(-1)!.name],
  ): this {
    this.layers.push({ name, className, config, inputs, weights });
    return this;
  }
}

function convolution(kernel: number, stride: number, padding: string, more: object) {
  return {
    ...more,
    kernel_size: [kernel, kernel],
    strides: [stride, stride],
    padding,
    data_format: 'channels_last',
    use_bias: false,
  };
}

/** Keras's JSON of a functional model; omitted fields have the defaults of TensorFlow.js. */
function toTopology(name: string, layers: readonly MobileNetV2Layer[]) {
  return {
    class_name: 'Model',
    config: {
      name,
      layers: layers.map((layer) => ({
        name: layer.name,
        class_name: layer.className,
        config: { name: layer.name, ...layer.config },
        inbound_nodes: layer.inputs.length > 0 ? [layer.inputs.map((i) => [i, 0, 0, {}])] : [],
      })),
      input_layers: [[layers[0]!.name, 0, 0]],
      output_layers: [[layers.at(-1)!.name, 0, 0]],
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}
