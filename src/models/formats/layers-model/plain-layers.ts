import type { LayerUse, LayerWeight, NetworkLayer } from '../trained-network.ts';
import type { Kernel } from '../operations/operation.ts';
import { ungroupedKernel } from '../operations/ungroup.ts';
import { UnsupportedLayerError } from '../unsupported-layer.ts';

/** Layers of tfjs-layers 1.3.1, with which Teachable Machine's package reads models. */
const PLAIN = new Set([
  'Activation',
  'Add',
  'Average',
  'AveragePooling2D',
  'BatchNormalization',
  'Concatenate',
  'Conv2D',
  'Conv2DTranspose',
  'Cropping2D',
  'Dense',
  'DepthwiseConv2D',
  'Dropout',
  'ELU',
  'Flatten',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'LeakyReLU',
  'MaxPooling2D',
  'Maximum',
  'Minimum',
  'Multiply',
  'PReLU',
  'Permute',
  'ReLU',
  'Reshape',
  'SeparableConv2D',
  'Softmax',
  'ThresholdedReLU',
  'UpSampling2D',
  'ZeroPadding2D',
]);

/** Its activations. */
const PLAIN_ACTIVATIONS = new Set([
  ...[
    'linear',
    'relu',
    'relu6',
    'elu',
    'selu',
    'sigmoid',
    'softmax',
    'softplus',
    'softsign',
    'tanh',
  ],
]);

/**
 * Replaces layers that only some readers know by ones that all know and that compute the same: every
 * version of TensorFlow.js and of Keras.
 *
 * @param native classes that the reader knows besides those of tfjs-layers 1.3.1
 * @throws UnsupportedLayerError
 */
export function plainLayers(
  uses: readonly LayerUse[],
  native: ReadonlySet<string> = new Set(),
): LayerUse[] {
  return uses.flatMap((use) => {
    const plain = native.has(use.layer.className) ? [use] : plainUse(use);
    return plain.flatMap((each) => withPlainActivation(each));
  });
}

function plainUse(use: LayerUse): LayerUse[] {
  const { layer, shape } = use;
  const channels = shape.at(-1)!;
  const weight = (name: string) => layer.weights.find((each) => each.name === name)?.values;
  switch (layer.className) {
    case 'GroupedConv2D':
      return [{ ...use, layer: ungrouped(layer) }];
    case 'KeepdimsGlobalAveragePooling2D':
    case 'KeepdimsGlobalMaxPooling2D': {
      const className = layer.className.replace('Keepdims', '');
      const pooled = `${use.output}/pooled`;
      return [
        {
          ...use,
          layer: { ...layer, className, config: { name: layer.name } },
          output: pooled,
          shape: [channels],
        },
        step(use, 'keepdims', 'Reshape', { target_shape: [1, 1, channels] }, [pooled]),
      ];
    }
    case 'Rescaling':
      return [
        affine(
          use,
          spread(layer.config['scale'], channels),
          spread(layer.config['offset'] ?? 0, channels),
        ),
      ];
    case 'LayerScale':
      return [affine(use, weight('gamma')!, new Float32Array(channels))];
    case 'Normalization': {
      const stated = (name: string) => weight(name) ?? spread(layer.config[name], channels);
      const scale = stated('variance').map((value) => 1 / Math.max(Math.sqrt(value), 1e-7));
      return [
        affine(
          use,
          scale,
          stated('mean').map((value, c) => -value * scale[c]!),
        ),
      ];
    }
    default:
      if (!PLAIN.has(layer.className)) throw new UnsupportedLayerError(layer.className);
      return [use];
  }
}

/** A layer whose activation only some readers know, and the layers that compute it instead. */
function withPlainActivation(use: LayerUse): LayerUse[] {
  const { layer } = use;
  const { activation } = layer.config;
  if (typeof activation !== 'string' || PLAIN_ACTIVATIONS.has(activation)) return [use];
  if (layer.className === 'Activation') return activationSteps(use, use.inputs[0]!);
  const linear = `${use.output}/linear`;
  const config = { ...layer.config, activation: 'linear' };
  return [{ ...use, layer: { ...layer, config }, output: linear }, ...activationSteps(use, linear)];
}

/** The layers of an activation. @param reads the tensor that it is applied to */
function activationSteps(use: LayerUse, reads: string): LayerUse[] {
  const channels = use.shape.at(-1)!;
  const constant = (value: number) => new Float32Array(channels).fill(value);
  const last = use.output;
  const part = (name: string) => `${last}/${name}`;
  const scaled = (name: string, scale: number, shift: number, input: string, output: string) =>
    affine(use, constant(scale), constant(shift), { name, input, output });
  switch (use.layer.config['activation']) {
    case 'swish':
      return [
        step(use, 'sigmoid', 'Activation', { activation: 'sigmoid' }, [reads], part('sigmoid')),
        step(use, 'swish', 'Multiply', {}, [reads, part('sigmoid')]),
      ];
    case 'hardSigmoid':
      return [
        scaled('slope', 0.2, 0.5, reads, part('slope')),
        step(use, 'clip', 'ReLU', { max_value: 1 }, [part('slope')]),
      ];
    case 'hardSwish':
      return [
        scaled('shift', 1, 3, reads, part('shift')),
        step(use, 'clip', 'ReLU', { max_value: 6 }, [part('shift')], part('clip')),
        step(use, 'product', 'Multiply', {}, [reads, part('clip')], part('product')),
        scaled('sixth', 1 / 6, 0, part('product'), last),
      ];
    default:
      throw new UnsupportedLayerError(`Activation(${String(use.layer.config['activation'])})`);
  }
}

/** A further layer, named after the one that it replaces. */
function step(
  { layer, output, shape }: LayerUse,
  suffix: string,
  className: string,
  config: NetworkLayer['config'],
  inputs: readonly string[],
  to = output,
): LayerUse {
  const name = `${layer.name}_${suffix}`;
  return {
    layer: { name, className, config: { name, ...config }, weights: [] },
    inputs,
    output: to,
    shape,
  };
}

/** What a batch normalization adds to the variance, and the variance that makes both 1. */
const EPSILON = 1e-3;

/** `x scale + shift` for each channel, as a batch normalization. */
function affine(
  use: LayerUse,
  scale: Float32Array,
  shift: Float32Array,
  part?: { readonly name: string; readonly input: string; readonly output: string },
): LayerUse {
  const { length } = scale;
  const { input = use.inputs[0]!, output = use.output } = part ?? {};
  const weight = (kind: string, values: Float32Array): LayerWeight => ({
    name: kind,
    shape: [length],
    values,
  });
  const name = part ? `${use.layer.name}_${part.name}` : use.layer.name;
  const layer: NetworkLayer = {
    name,
    className: 'BatchNormalization',
    config: {
      name,
      axis: -1,
      momentum: 0.99,
      epsilon: EPSILON,
      center: true,
      scale: true,
    },
    weights: [
      weight('gamma', scale),
      weight('beta', shift),
      weight('moving_mean', new Float32Array(length)),
      weight('moving_variance', new Float32Array(length).fill(1 - EPSILON)),
    ],
  };
  return { layer, inputs: [input], output, shape: use.shape };
}

/** A convolution of groups as one of all channels, whose other weights are zero. */
function ungrouped(layer: NetworkLayer): NetworkLayer {
  const config: Record<string, unknown> = { ...layer.config };
  const groups = Number(config['groups']);
  delete config['groups'];
  const weights = layer.weights.map((weight): LayerWeight => {
    if (weight.name !== 'kernel') return weight;
    const kernel = { shape: weight.shape as Kernel['shape'], values: weight.values };
    return { name: 'kernel', ...ungroupedKernel(kernel, groups) };
  });
  return { ...layer, className: 'Conv2D', config, weights };
}

function spread(value: unknown, channels: number): Float32Array {
  const values = [value].flat(8) as number[];
  return Float32Array.from({ length: channels }, (_, c) => values[values.length === 1 ? 0 : c]!);
}
