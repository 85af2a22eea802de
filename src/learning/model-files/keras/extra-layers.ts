import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';

/**
 * Layers and activations of Keras Applications that tfjs-layers 4.22 lacks. Importing registers
 * them.
 */

type Shape = (number | null)[];
type Config = Readonly<Record<string, unknown>>;
type Inputs = tf.Tensor | tf.Tensor[];

const NONE = initializers.zeros();

/** tfjs-layers passes a layer its input either alone or in a list. */
function single(inputs: Inputs): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}

/** Global pooling with `keepdims`: `[batch, h, w, c]` to `[batch, 1, 1, c]`. */
abstract class KeepdimsPooling extends layers.Layer {
  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const [batch, , , channels] = shape as Shape;
    return [batch!, 1, 1, channels!];
  }

  override call(inputs: Inputs): tf.Tensor {
    return tf.tidy(() => this.pool(single(inputs)));
  }

  protected abstract pool(x: tf.Tensor): tf.Tensor;
}

class KeepdimsGlobalAveragePooling2D extends KeepdimsPooling {
  static readonly className = 'KeepdimsGlobalAveragePooling2D';

  protected override pool(x: tf.Tensor): tf.Tensor {
    return tf.mean(x, [1, 2], true);
  }
}

class KeepdimsGlobalMaxPooling2D extends KeepdimsPooling {
  static readonly className = 'KeepdimsGlobalMaxPooling2D';

  protected override pool(x: tf.Tensor): tf.Tensor {
    return tf.max(x, [1, 2], true);
  }
}

/** Keras's Normalization, EfficientNet's first layer: `(x - mean) / max(sqrt(variance), 1e-7)`. */
class Normalization extends layers.Layer {
  static readonly className = 'Normalization';
  readonly #config: Config;
  readonly #statistics: layers.Layer['weights'] = [];

  constructor(config: Config) {
    super(config);
    this.#config = config;
  }

  override build(shape: Shape | Shape[]): void {
    if (this.#config['mean'] == null) {
      const channels = [(shape as Shape).at(-1)!];
      for (const name of ['mean', 'variance']) {
        const weight = this.addWeight(name, channels, 'float32', NONE, undefined, false);
        this.#statistics.push(weight);
      }
    }
    super.build(shape);
  }

  override call(inputs: Inputs): tf.Tensor {
    return tf.tidy(() => {
      const [mean, variance] = this.#statistics.map((weight) => weight.read());
      const configured = (key: string) => flat(this.#config[key]) as tf.TensorLike;
      const deviation = tf.sqrt(variance ?? configured('variance'));
      const centred = tf.sub(single(inputs), mean ?? configured('mean'));
      return tf.div(centred, tf.maximum(deviation, 1e-7));
    });
  }

  override getConfig() {
    const { mean = null, variance = null } = this.#config as Record<string, never>;
    return { ...super.getConfig(), mean, variance };
  }
}

/** Flattens `[[[[m1, m2, m3]]]]` to `[m1, m2, m3]`; a single number stays unchanged. */
function flat(value: unknown): unknown {
  return Array.isArray(value) ? value.flat(8) : value;
}

/** ConvNeXt's LayerScale: multiplies each channel by a learned factor, `gamma`. */
class LayerScale extends layers.Layer {
  static readonly className = 'LayerScale';
  #gamma: layers.Layer['weights'][number] | undefined;

  override build(shape: Shape | Shape[]): void {
    this.#gamma = this.addWeight('gamma', [(shape as Shape).at(-1)!], 'float32', NONE);
    super.build(shape);
  }

  override call(inputs: Inputs): tf.Tensor {
    return tf.mul(single(inputs), this.#gamma!.read());
  }
}

interface GroupedConvConfig {
  readonly filters: number;
  readonly groups: number;
  readonly kernelSize: number | [number, number];
  readonly strides?: number | [number, number];
  readonly dilationRate?: number | [number, number];
  readonly padding?: 'same' | 'valid';
  readonly useBias?: boolean;
  readonly activation?: string;
}

/** A convolution that filters groups of channels separately, as in RegNet and ResNeXt. */
class GroupedConv2D extends layers.Layer {
  static readonly className = 'GroupedConv2D';
  readonly #config: GroupedConvConfig;
  #kernel: layers.Layer['weights'][number] | undefined;
  #bias: layers.Layer['weights'][number] | undefined;

  constructor(config: GroupedConvConfig) {
    super(config as object);
    this.#config = config;
  }

  override build(shape: Shape | Shape[]): void {
    const { filters, kernelSize, groups, useBias } = this.#config;
    const kernelShape = [...pair(kernelSize), (shape as Shape).at(-1)! / groups, filters];
    this.#kernel = this.addWeight('kernel', kernelShape, 'float32', NONE);
    if (useBias !== false) this.#bias = this.addWeight('bias', [filters], 'float32', NONE);
    super.build(shape);
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const { filters, kernelSize, strides, padding, dilationRate } = this.#config;
    const [batch = null, ...rest] = shape as Shape;
    const [kernel, stride, dilation] = [pair(kernelSize), pair(strides), pair(dilationRate)];
    const sides = rest.slice(0, 2).map((side, axis) => {
      if (side === null) return null;
      const border = padding === 'same' ? 0 : (kernel[axis]! - 1) * dilation[axis]!;
      return Math.ceil((side - border) / stride[axis]!);
    });
    return [batch, ...sides, filters];
  }

  override call(inputs: Inputs): tf.Tensor {
    const { groups, strides, padding = 'valid', dilationRate, activation } = this.#config;
    if (activation && activation !== 'linear' && activation !== 'relu') {
      throw new Error(`A grouped convolution with the activation ${activation}`);
    }
    return tf.tidy(() => {
      const inputParts: tf.Tensor4D[] = tf.split(single(inputs), groups, 3);
      const kernelParts: tf.Tensor4D[] = tf.split(this.#kernel!.read(), groups, 3);
      const parts = inputParts.map((x, group) =>
        tf.conv2d<tf.Tensor4D>(
          x,
          kernelParts[group]!,
          pair(strides),
          padding,
          'NHWC',
          pair(dilationRate),
        ),
      );
      const joined: tf.Tensor = tf.concat(parts, 3);
      const output = this.#bias ? tf.add(joined, this.#bias.read()) : joined;
      return activation === 'relu' ? tf.relu(output) : output;
    });
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.#config as object) };
  }
}

function pair(value: number | [number, number] = 1): [number, number] {
  return Array.isArray(value) ? value : [value, value];
}

/**
 * `x relu6(x + 3) / 6` (Howard et al. 2019, arXiv:1905.02244). TensorFlow.js looks up the
 * activation `hard_swish` under the class name `hardSwish`.
 */
class HardSwish extends tf.serialization.Serializable {
  static readonly className = 'hardSwish';

  apply(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)));
  }

  override getConfig() {
    return {};
  }
}

for (const layer of [
  KeepdimsGlobalAveragePooling2D,
  KeepdimsGlobalMaxPooling2D,
  Normalization,
  LayerScale,
  GroupedConv2D,
  HardSwish,
]) {
  tf.serialization.registerClass(layer, 'Purrceptron');
}
