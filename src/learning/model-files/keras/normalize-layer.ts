import { isObject, TopologyError, type LayerConfig } from './keras-json.ts';

/** A layer without its name and its inbound nodes. */
export interface PlainLayer {
  class_name: string;
  config: LayerConfig;
}

/**
 * Names in other versions of Keras, and in models made for them, of layers that TensorFlow.js has.
 */
const CLASS_ALIASES: Readonly<Record<string, string>> = {
  Convolution2D: 'Conv2D',
  SeparableConvolution2D: 'SeparableConv2D',
  DepthwiseConvolution2D: 'DepthwiseConv2D',
  MaxPool2D: 'MaxPooling2D',
  AvgPool2D: 'AveragePooling2D',
  GlobalMaxPool2D: 'GlobalMaxPooling2D',
  GlobalAvgPool2D: 'GlobalAveragePooling2D',
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
  SyncBatchNormalization: 'BatchNormalization',
};

const ACTIVATION_ALIASES: Readonly<Record<string, string>> = {
  silu: 'swish',
  hard_silu: 'hard_swish',
  relu_6: 'relu6',
};

/** Layers that only have an effect during training. A frozen base replaces them by the identity. */
const TRAINING_ONLY = new Set([
  'ActivityRegularization',
  'AlphaDropout',
  'FixedDropout',
  'GaussianDropout',
  'GaussianNoise',
  'RandomBrightness',
  'RandomContrast',
  'RandomFlip',
  'RandomRotation',
  'RandomTranslation',
  'RandomZoom',
  'SpatialDropout2D',
  'StochasticDepth',
]);

/**
 * Converts one layer to the form that TensorFlow.js reads. Initializers, regularizers and
 * constraints are left out: they have no effect on a loaded base, and TensorFlow.js fails on those
 * it does not know.
 *
 * @param layer as any version of Keras wrote it; not changed
 * @throws TopologyError when the app does not support the layer
 */
export function normalizeLayer({ class_name, config }: PlainLayer): PlainLayer {
  const kind = CLASS_ALIASES[class_name] ?? class_name;
  if (TRAINING_ONLY.has(kind)) return identity(config);
  if (kind === 'Lambda') return lambda(config);
  // Some models from 2017 have a custom layer `relu6`.
  if (kind === 'relu6' || kind === 'ReLU6') return relu6(config);
  const plain = plainConfig(config);
  switch (kind) {
    case 'BatchNormalization':
      return { class_name: kind, config: { ...plain, axis: singleAxis(plain['axis']) } };
    case 'ZeroPadding2D':
      return { class_name: kind, config: { ...plain, padding: padding(plain['padding']) } };
    case 'ReLU':
      return {
        class_name: kind,
        config: { ...plain, max_value: singleNumber(plain['max_value'] ?? null) },
      };
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return { class_name: plain['keepdims'] === true ? `Keepdims${kind}` : kind, config: plain };
    case 'Conv2D':
      return { class_name: isGrouped(plain) ? 'GroupedConv2D' : kind, config: plain };
    case 'DepthwiseConv2D':
      // tfjs-layers 4.22 reads the dilation rate, but ignores it.
      if ([plain['dilation_rate'] ?? 1].flat().some((rate) => rate !== 1)) {
        throw new TopologyError('a depthwise convolution that is dilated');
      }
      return { class_name: kind, config: plain };
    case 'Rescaling':
      return {
        class_name: kind,
        config: {
          ...plain,
          scale: arrayValue(plain['scale']),
          offset: arrayValue(plain['offset'] ?? 0),
        },
      };
    case 'SeparableConv2D': {
      // It has a depthwise and a pointwise kernel; tfjs-layers refuses a `kernel_initializer`.
      const config = { ...plain };
      delete config['kernel_initializer'];
      return { class_name: kind, config };
    }
    default:
      return { class_name: kind, config: plain };
  }
}

function plainConfig(config: LayerConfig): LayerConfig {
  const plain: LayerConfig = {};
  for (const [key, value] of Object.entries(config)) {
    if (/_(initializer|regularizer|constraint)$/.test(key)) continue;
    if (key === 'dtype') plain[key] = dtype(value);
    else if (/(^|_)activation$/.test(key)) plain[key] = activation(value);
    else if (/^batch_(input_)?shape$/.test(key)) plain['batch_input_shape'] = shape(value);
    else if (key !== 'quantization_config' && key !== 'synchronized') plain[key] = value;
  }
  for (const weight of ['kernel', 'bias', 'depthwise', 'pointwise', 'beta', 'gamma']) {
    // By default TensorFlow.js would draw millions of random numbers.
    plain[`${weight}_initializer`] = { class_name: 'Zeros', config: {} };
  }
  return plain;
}

/** The metadata of a SavedModel wraps a shape: `{class_name: "TensorShape", items: [...]}`. */
function shape(value: unknown): unknown {
  return isObject(value) ? value['items'] : value;
}

/** Keras 3 writes a dtype policy; mixed precision computes in float16 and stores float32. */
function dtype(value: unknown): unknown {
  const name = isObject(value) ? (value['config'] as LayerConfig | undefined)?.['name'] : value;
  return typeof name === 'string' && /float/.test(name) ? 'float32' : name;
}

/**
 * The name of an activation, also if it is wrapped: `{class_name: "function", config: "relu6"}`.
 */
function activation(value: unknown): unknown {
  const { config, class_name, registered_name } = isObject(value) ? value : {};
  const names = [value, config, isObject(config) ? config['name'] : undefined, registered_name];
  const name = [...names, class_name].find((each) => typeof each === 'string');
  return name === undefined ? value : (ACTIVATION_ALIASES[name] ?? name);
}

/** TensorFlow 2 writes the axis as `[3]`. */
function singleAxis(axis: unknown): unknown {
  if (!Array.isArray(axis)) return axis ?? -1;
  if (axis.length !== 1) throw new TopologyError('a batch normalisation over several axes');
  return axis[0] as unknown;
}

/** Converts padding given as an integer or a pair to two pairs. */
function padding(value: unknown): unknown {
  const [height = 1, width = height] = Array.isArray(value) ? (value as unknown[]) : [value ?? 1];
  const pair = (side: unknown) => (Array.isArray(side) ? (side as unknown[]) : [side, side]);
  return [pair(height), pair(width)];
}

function singleNumber(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
}

/** Keras 3 wraps arrays in a config: `{class_name: "__numpy__", config: {value: [...]}}`. */
function arrayValue(value: unknown): unknown {
  return isObject(value) ? (value['config'] as LayerConfig | undefined)?.['value'] : value;
}

function isGrouped(config: LayerConfig): boolean {
  const groups = config['groups'];
  return typeof groups === 'number' && groups > 1;
}

function identity(config: LayerConfig): PlainLayer {
  const shape = config['batch_input_shape'];
  return {
    class_name: 'Activation',
    config: {
      name: config['name'],
      activation: 'linear',
      ...(shape !== undefined && { batch_input_shape: shape }),
    },
  };
}

/** A Lambda holds Python bytecode. Only the common ReLU6 is supported, known by its name. */
function lambda(config: LayerConfig): PlainLayer {
  if (config['function'] === 'relu6') return relu6(config);
  throw new TopologyError(`the layer Lambda (“${String(config['name'])}”), which is Python code`);
}

function relu6(config: LayerConfig): PlainLayer {
  return { class_name: 'ReLU', config: { name: config['name'], max_value: 6 } };
}
