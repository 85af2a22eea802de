import type * as tf from '@tensorflow/tfjs-core';
import { baseTopology } from '../model-files/base-topology.ts';
import { floatWeights, type FloatWeight } from '../model-files/float-weights.ts';
import type { LayerJson } from '../model-files/keras/keras-json.ts';
import { MapSides } from '../model-files/keras/map-sides.ts';
import { padsAsSame, type Pair } from '../model-files/pads-as-same.ts';
import type { Activation } from '../kernels/activation.ts';
import { foldNumbers } from './fold-numbers.ts';
import type { ConvolutionOperation, Operation, OperationList } from './plan/operation.ts';

/**
 * The operations of a base straight from its files, without TensorFlow.js's layers: what
 * `operationList` gives for what `frozenList` makes of them, bit for bit.
 *
 * @param inputSize side of the square input in pixels
 * @returns undefined if a layer or weight is of a kind that is not read here; TensorFlow.js may
 *   nevertheless build the base
 * @throws TopologyError
 */
export function listTopology(
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
): OperationList | undefined {
  const { config, ...rest } = baseTopology(artifacts, inputSize);
  const weights = floatWeights(artifacts);
  if (!weights || config.layers.some((layer) => !isCalledOnce(layer))) return undefined;
  const reader: Reader = {
    sides: new MapSides({ config, ...rest }, [inputSize, inputSize]),
    weight: ({ name, class_name }, kind) => weights.find(`${name}/${kind}`, class_name),
    readers: readersOf(config.layers),
  };
  const input = config.input_layers[0]![0];
  const operations: Operation[] = [];
  const known = new Set([input]);
  const fused = new Set<string>();
  for (const layer of config.layers) {
    if (fused.has(layer.name) || layer.class_name === 'InputLayer') continue;
    // The operations of a padding come with its convolution.
    if (layer.class_name === 'ZeroPadding2D') {
      const [after] = reader.readers.get(layer.name) ?? [];
      if (!after || !paddingBefore(after, reader)) return undefined;
      continue;
    }
    const read = operationOf(layer, reader);
    if (!read || read.operation.inputs.some((name) => !known.has(name))) return undefined;
    for (const name of read.fused) fused.add(name);
    known.add(read.operation.output);
    operations.push(read.operation);
  }
  const output = config.output_layers[0]![0];
  return known.has(output) ? { input, output, operations } : undefined;
}

interface Reader {
  readonly sides: MapSides;
  readonly weight: (layer: LayerJson, kind: string) => FloatWeight | undefined;
  /** The layers that read the output of a layer. */
  readonly readers: ReadonlyMap<string, readonly LayerJson[]>;
}

/** An operation, and the names of the layers after its own that it computes. */
interface ReadOperation {
  readonly operation: Operation;
  readonly fused: readonly string[];
}

function operationOf(layer: LayerJson, reader: Reader): ReadOperation | undefined {
  const { name, class_name, config } = layer;
  const simple = (kind: 'add' | 'pool' | 'identity'): ReadOperation => ({
    operation: { kind, inputs: inputsOf(layer), output: name },
    fused: [],
  });
  switch (class_name) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
      return convolutionOf(layer, reader);
    case 'Add':
      return simple('add');
    case 'GlobalAveragePooling2D':
      return isChannelsLast(config) ? simple('pool') : undefined;
    case 'Dropout':
      return simple('identity');
    case 'Activation':
      return activationOf(layer) === 'linear' ? simple('identity') : undefined;
    default:
      return undefined;
  }
}

function convolutionOf(layer: LayerJson, reader: Reader): ReadOperation | undefined {
  const { config, class_name } = layer;
  const depthwise = class_name === 'DepthwiseConv2D';
  const kernel = reader.weight(layer, depthwise ? 'depthwise_kernel' : 'kernel');
  const hasBias = config['use_bias'] !== false;
  const bias = hasBias ? reader.weight(layer, 'bias') : undefined;
  const own = activationOf(layer);
  if (!kernel || kernel.shape.length !== 4 || (hasBias && !bias) || !own) return undefined;
  if (!isChannelsLast(config)) return undefined;
  const filterShape = kernel.shape as unknown as ConvolutionOperation['filterShape'];
  const channels = depthwise ? filterShape[2] * filterShape[3] : filterShape[3];
  // As `fusionAfter`: what has an activation of its own computes nothing that comes after.
  const after = (last: LayerJson, ...kinds: string[]) => {
    const [only, ...others] = reader.readers.get(last.name) ?? [];
    return only && others.length === 0 && kinds.includes(only.class_name) ? only : undefined;
  };
  const norm = own === 'linear' ? after(layer, 'BatchNormalization') : undefined;
  const isFoldable = norm && normalizesChannels(norm);
  const last = isFoldable ? norm : layer;
  const next = own === 'linear' ? after(last, 'ReLU', 'Activation') : undefined;
  const activation = next && activationOf(next);
  const folded = foldNumbers(
    { kernel: kernel.values, bias: bias?.values, channels },
    isFoldable ? batchNormOf(norm, reader) : undefined,
  );
  if (!folded) return undefined;
  const padding = paddingBefore(layer, reader);
  const pad = padding ? 'same' : (config['padding'] ?? 'valid');
  if (pad !== 'same' && pad !== 'valid') return undefined;
  return {
    operation: {
      ...{ kind: 'convolution', depthwise, pad },
      inputs: inputsOf(padding ?? layer),
      output: (activation ? next : last).name,
      ...{ filter: folded.kernel, bias: folded.bias, filterShape },
      strides: pairOf(config['strides']),
      dilations: pairOf(config['dilation_rate']),
      activation: activation ?? own,
    },
    fused: [...(isFoldable ? [norm.name] : []), ...(activation ? [next.name] : [])],
  };
}

/** The numbers of a batch normalization; undefined if one that it needs is not there. */
function batchNormOf(layer: LayerJson, { weight }: Reader) {
  const { config } = layer;
  const of = (kind: string) => weight(layer, kind)?.values;
  const scaled = config['scale'] === false ? undefined : of('gamma');
  const centred = config['center'] === false ? undefined : of('beta');
  return {
    ...{ gamma: scaled, beta: centred, mean: of('moving_mean'), variance: of('moving_variance') },
    epsilon: typeof config['epsilon'] === 'number' ? config['epsilon'] : 1e-3,
    isWhole:
      (config['scale'] === false || scaled !== undefined) &&
      (config['center'] === false || centred !== undefined),
  };
}

/** The ZeroPadding2D before a convolution, if it pads as SAME does: see frozen-list.ts. */
function paddingBefore(layer: LayerJson, { sides, readers }: Reader): LayerJson | undefined {
  const [ref] = layer.inbound_nodes[0] ?? [];
  const before = ref && readers.get('')?.find(({ name }) => name === ref[0]);
  const { config } = layer;
  if (before?.class_name !== 'ZeroPadding2D' || (config['padding'] ?? 'valid') !== 'valid') {
    return undefined;
  }
  if (readers.get(before.name)?.length !== 1) return undefined;
  if (pairOf(config['dilation_rate']).some((rate) => rate !== 1)) return undefined;
  const padding = before.config['padding'] as readonly [Pair, Pair] | undefined;
  const isSame =
    padding !== undefined &&
    padsAsSame(
      sides.of(before.inbound_nodes[0]![0]!) ?? [],
      padding,
      pairOf(config['kernel_size']),
      pairOf(config['strides']),
    );
  return isSame ? before : undefined;
}

/** The readers of each layer's output by its name; all layers are at the empty name. */
function readersOf(layers: readonly LayerJson[]): Map<string, LayerJson[]> {
  const readers = new Map<string, LayerJson[]>([['', [...layers]]]);
  for (const layer of layers) {
    for (const name of inputsOf(layer)) readers.set(name, [...(readers.get(name) ?? []), layer]);
  }
  return readers;
}

function inputsOf({ inbound_nodes: [first = []] }: LayerJson): string[] {
  return first.map(([name]) => name);
}

function isCalledOnce({ class_name, inbound_nodes: nodes }: LayerJson): boolean {
  const isFirst = nodes.flat().every(([, node, tensor]) => node === 0 && tensor === 0);
  return isFirst && nodes.length === (class_name === 'InputLayer' ? 0 : 1);
}

function isChannelsLast(config: LayerJson['config']): boolean {
  return (config['data_format'] ?? 'channels_last') === 'channels_last';
}

function normalizesChannels({ config: { axis } }: LayerJson): boolean {
  return axis === undefined || axis === -1 || axis === 3;
}

/** The activation of a layer; undefined if the kernels do not have it. */
function activationOf({ class_name, config }: LayerJson): Activation | undefined {
  if (class_name === 'ReLU') {
    if (config['negative_slope'] || config['threshold']) return undefined;
    const max = config['max_value'];
    return max == null ? 'relu' : max === 6 ? 'relu6' : undefined;
  }
  const name = config['activation'] ?? 'linear';
  return name === 'linear' || name === 'relu' || name === 'relu6' ? name : undefined;
}

function pairOf(value: unknown): [number, number] {
  if (Array.isArray(value)) return [Number(value[0]), Number(value[1] ?? value[0])];
  return typeof value === 'number' ? [value, value] : [1, 1];
}
