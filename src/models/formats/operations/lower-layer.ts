import type { LayerUse, NetworkLayer } from '../trained-network.ts';
import { UnsupportedLayerError } from '../unsupported-layer.ts';
import { activationByName, activationOf, clampOf } from './activations.ts';
import { NO_PADDING, type Kernel, type Kind, type Padding } from './operation.ts';

type Config = NetworkLayer['config'];
type Pair = readonly [number, number];

/**
 * The operations of one call of a layer, each of which reads the result of the one before; the first
 * reads what the layer reads. None for a layer without an effect, such as Dropout.
 *
 * @param reads shapes of the tensors that the layer reads, without the batch
 * @throws UnsupportedLayerError
 */
export function lowerLayer(
  { layer, shape }: LayerUse,
  reads: readonly (readonly number[])[],
): Kind[] {
  const { className, config } = layer;
  const weight = (name: string) => layer.weights.find((each) => each.name === name)?.values;
  const read = reads[0]!;
  const channels = read.at(-1)!;
  if (config['data_format'] === 'channels_first') throw new UnsupportedLayerError(className);
  switch (className) {
    case 'Conv2D':
    case 'GroupedConv2D': {
      const kernel = kernelOf(layer, 'kernel');
      const bias = weight('bias') ?? new Float32Array(kernel.shape[3]);
      const groups = typeof config['groups'] === 'number' ? config['groups'] : 1;
      const filter = filterOf(config, kernel, read);
      return activated(config, {
        kind: 'convolution',
        ...filter,
        kernel,
        bias,
        groups,
        clamp: 'linear',
      });
    }
    case 'DepthwiseConv2D': {
      const kernel = kernelOf(layer, 'depthwise_kernel');
      const bias = weight('bias') ?? new Float32Array(kernel.shape[2] * kernel.shape[3]);
      const filter = filterOf(config, kernel, read);
      return activated(config, { kind: 'depthwise', ...filter, kernel, bias, clamp: 'linear' });
    }
    case 'SeparableConv2D': {
      const depthwise = kernelOf(layer, 'depthwise_kernel');
      const pointwise = kernelOf(layer, 'pointwise_kernel');
      const between = new Float32Array(depthwise.shape[2] * depthwise.shape[3]);
      const first: Kind = {
        kind: 'depthwise',
        ...filterOf(config, depthwise, read),
        ...{ kernel: depthwise, bias: between, clamp: 'linear' },
      };
      const second: Kind = {
        kind: 'convolution',
        ...{ strides: [1, 1], dilations: [1, 1], padding: NO_PADDING, groups: 1, clamp: 'linear' },
        kernel: pointwise,
        bias: weight('bias') ?? new Float32Array(pointwise.shape[3]),
      };
      return [first, ...activated(config, second)];
    }
    case 'Dense': {
      const units = shape.at(-1)!;
      const kernel = weight('kernel')!;
      const bias = weight('bias') ?? new Float32Array(units);
      if (read.length === 1) return activated(config, { kind: 'dense', kernel, bias });
      if (read.length !== 3) throw new UnsupportedLayerError(className);
      return activated(config, {
        kind: 'convolution',
        ...{ strides: [1, 1], dilations: [1, 1], padding: NO_PADDING, groups: 1, clamp: 'linear' },
        kernel: { shape: [1, 1, channels, units], values: kernel },
        bias,
      });
    }
    case 'BatchNormalization': {
      if (!isLastAxis(config['axis'], read.length)) throw new UnsupportedLayerError(className);
      const epsilon = config['epsilon'] as number;
      const [gamma, beta] = [weight('gamma'), weight('beta')];
      const [mean, variance] = [weight('moving_mean')!, weight('moving_variance')!];
      const scale = mean.map((_, c) => (gamma?.[c] ?? 1) / Math.sqrt(variance[c]! + epsilon));
      const shift = mean.map((value, c) => (beta?.[c] ?? 0) - value * scale[c]!);
      return [{ kind: 'affine', scale, shift }];
    }
    case 'Normalization': {
      const stated = (name: string) => weight(name) ?? spread(config[name], channels);
      const [mean, variance] = [stated('mean'), stated('variance')];
      const scale = variance.map((value) => 1 / Math.max(Math.sqrt(value), 1e-7));
      return [{ kind: 'affine', scale, shift: mean.map((value, c) => -value * scale[c]!) }];
    }
    case 'Rescaling': {
      const scale = spread(config['scale'], channels);
      return [{ kind: 'affine', scale, shift: spread(config['offset'] ?? 0, channels) }];
    }
    case 'LayerScale':
      return [{ kind: 'affine', scale: weight('gamma')!, shift: new Float32Array(channels) }];
    case 'LayerNormalization': {
      const { axis } = config;
      if (!isLastAxis(axis, read.length)) throw new UnsupportedLayerError(className);
      const gamma = weight('gamma') ?? new Float32Array(channels).fill(1);
      const beta = weight('beta') ?? new Float32Array(channels);
      return [{ kind: 'layerNorm', gamma, beta, epsilon: config['epsilon'] as number }];
    }
    case 'Activation':
    case 'ReLU':
    case 'LeakyReLU':
    case 'ELU': {
      if (config['activation'] === 'softmax') return softmaxOf(className, -1, read.length);
      const activation = activationOf(layer);
      if (activation === undefined) throw new UnsupportedLayerError(className);
      return activation === 'linear' ? [] : [{ kind: 'curve', curve: activation }];
    }
    case 'Softmax':
      return softmaxOf(className, config['axis'], read.length);
    case 'PReLU': {
      const alpha = weight('alpha')!;
      if (alpha.length !== channels) throw new UnsupportedLayerError(className);
      return [{ kind: 'prelu', alpha }];
    }
    case 'Add':
    case 'Multiply':
    case 'Maximum':
    case 'Minimum':
    case 'Average':
      return [{ kind: className.toLowerCase() as 'add' }];
    case 'Concatenate':
      if (!isLastAxis(config['axis'], read.length)) throw new UnsupportedLayerError(className);
      return [{ kind: 'concatenate' }];
    case 'ZeroPadding2D':
      return [{ kind: 'pad', padding: borders(config['padding']) }];
    case 'Cropping2D':
      return [{ kind: 'crop', padding: borders(config['cropping']) }];
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const window = config['pool_size'] as Pair;
      const strides = config['strides'] as Pair;
      const padding = paddingOf(config, read, window, strides, [1, 1]);
      return [
        {
          kind: className === 'MaxPooling2D' ? 'maxPool' : 'averagePool',
          window,
          strides,
          padding,
        },
      ];
    }
    case 'GlobalAveragePooling2D':
    case 'KeepdimsGlobalAveragePooling2D':
      return [{ kind: 'globalAverage', keepDims: shape.length === 3 }];
    case 'GlobalMaxPooling2D':
    case 'KeepdimsGlobalMaxPooling2D':
      return [{ kind: 'globalMaximum', keepDims: shape.length === 3 }];
    case 'Flatten':
    case 'Reshape':
      return [{ kind: 'reshape' }];
    case 'Permute':
      return [{ kind: 'transpose', axes: config['dims'] as number[] }];
    case 'UpSampling2D':
      if (config['interpolation'] !== 'nearest') throw new UnsupportedLayerError(className);
      return [{ kind: 'upsample', factors: config['size'] as Pair }];
    case 'Dropout':
      return [];
    default:
      throw new UnsupportedLayerError(className);
  }
}

/** Adds the activation that a layer states: fused if it is a clamp, else as an operation. */
function activated(config: Config, kind: Kind): Kind[] {
  if (config['activation'] === 'softmax') return [kind, { kind: 'softmax' }];
  const activation = activationByName(config['activation'] ?? 'linear');
  if (activation === undefined)
    throw new UnsupportedLayerError(`Activation(${String(config['activation'])})`);
  if (activation === 'linear') return [kind];
  const clamp = clampOf(activation);
  return clamp && 'clamp' in kind
    ? [{ ...kind, clamp }]
    : [kind, { kind: 'curve', curve: activation }];
}

function softmaxOf(className: string, axis: unknown, rank: number): Kind[] {
  if (!isLastAxis(axis, rank)) throw new UnsupportedLayerError(className);
  return [{ kind: 'softmax' }];
}

function kernelOf({ className, weights }: NetworkLayer, name: string): Kernel {
  const weight = weights.find((each) => each.name === name);
  if (weight?.shape.length !== 4) throw new UnsupportedLayerError(className);
  return { shape: weight.shape as unknown as Kernel['shape'], values: weight.values };
}

function filterOf(config: Config, { shape: [height, width] }: Kernel, read: readonly number[]) {
  const strides = config['strides'] as Pair;
  const dilations = pairOf(config['dilation_rate'] ?? 1);
  const padding = paddingOf(config, read, [height, width], strides, dilations);
  return { strides, dilations, padding };
}

/** The padding in numbers: TensorFlow's SAME puts the odd row or column at the end. */
function paddingOf(
  config: Config,
  read: readonly number[],
  window: Pair,
  strides: Pair,
  dilations: Pair,
): Padding {
  if (config['padding'] !== 'same') return NO_PADDING;
  const [top, left] = [0, 1].map((axis) => {
    const reach = (window[axis]! - 1) * dilations[axis]! + 1;
    const steps = Math.ceil(read[axis]! / strides[axis]!);
    return Math.max((steps - 1) * strides[axis]! + reach - read[axis]!, 0);
  }) as [number, number];
  const [before, beforeLeft] = [Math.floor(top / 2), Math.floor(left / 2)];
  return { top: before, bottom: top - before, left: beforeLeft, right: left - beforeLeft };
}

function borders(value: unknown): Padding {
  const [[top, bottom], [left, right]] = value as [[number, number], [number, number]];
  return { top, bottom, left, right };
}

function pairOf(value: unknown): Pair {
  return Array.isArray(value) ? (value as unknown as Pair) : [value as number, value as number];
}

/** A number for each channel, from one number or from nested arrays. */
function spread(value: unknown, channels: number): Float32Array {
  const values = [value].flat(8) as number[];
  return Float32Array.from({ length: channels }, (_, c) => values[values.length === 1 ? 0 : c]!);
}

/** @param rank of the tensor without the batch */
function isLastAxis(axis: unknown, rank: number): boolean {
  const only = Array.isArray(axis) && axis.length === 1 ? (axis[0] as unknown) : axis;
  return only === undefined || only === -1 || only === rank;
}
