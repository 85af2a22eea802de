import { inputScaling } from '../input-scaling.ts';
import { softmaxHead } from '../softmax-head.ts';
import type { LayerUse, LayerWeight, NetworkLayer, TrainedNetwork } from '../trained-network.ts';
import { knownLayers, POINTWISE } from './known-layers.ts';
import { plainLayers } from './plain-layers.ts';

/** A layer of a functional model, as Keras 2 and TensorFlow.js write it. */
interface LayerJson {
  readonly name: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly unknown[];
}

/** A whole classifier in Keras's terms: from pixels to the probabilities of the classes. */
export interface FunctionalModel {
  readonly config: {
    readonly name: string;
    readonly layers: readonly LayerJson[];
    readonly input_layers: readonly unknown[];
    readonly output_layers: readonly unknown[];
  };
  /** Every layer with its weights, in the order of `config.layers`. */
  readonly layers: readonly NetworkLayer[];
}

interface FunctionalOptions {
  /** The pixel of an input x, see `inputScaling`; default: that of inputs from -1 to 1. */
  readonly pixelOf?: readonly [number, number];
  /** Classes that the reader knows; see `plainLayers`. */
  readonly native?: ReadonlySet<string>;
}

/**
 * Builds the classifier: the base with its own layer names, Keras's GlobalAveragePooling2D, a second one
 * if the head reads an earlier layer too, the logits of the known classes if the model has a prior, and
 * a Dense layer with softmax.
 *
 * @throws UnsupportedLayerError
 */
export function functionalModel(
  network: TrainedNetwork,
  { pixelOf, native }: FunctionalOptions = {},
): FunctionalModel {
  const { base, prior, further } = network;
  const head = softmaxHead(network);
  const length = head.featureLength + head.further + head.known;
  const names = new Set(base.uses.map(({ layer }) => layer.name));
  const free = (name: string) => freeName(name, names);
  const picture = [base.size, base.size, 3];
  const uses: LayerUse[] = [];
  const scaling = inputScaling(base.scaling, pixelOf);
  const input = free(base.input);
  if (scaling) {
    const layer = withWeights('Conv2D', free('input_scaling'), { ...POINTWISE, filters: 3 }, [
      { name: 'kernel', shape: [1, 1, 3, 3], values: scaling.kernel },
      { name: 'bias', shape: [3], values: scaling.bias },
    ]);
    uses.push({ layer, inputs: [input], output: layer.name, shape: picture });
  }
  const first = scaling ? uses[0]!.output : input;
  const renamed = (name: string) => (name === base.input ? first : name);
  uses.push(...base.uses.map((use) => ({ ...use, inputs: use.inputs.map(renamed) })));
  let features = renamed(base.output);
  const last = base.uses.find(({ output }) => output === base.output);
  if ((last?.shape ?? picture).length === 3) {
    const layer = withWeights('GlobalAveragePooling2D', free('global_average_pooling2d'), {}, []);
    uses.push({ layer, inputs: [features], output: layer.name, shape: [head.featureLength] });
    features = layer.name;
  }
  const read = [features];
  if (further) {
    const layer = withWeights('GlobalAveragePooling2D', free('further_features'), {}, []);
    const inputs = [renamed(further.tensor)];
    uses.push({ layer, inputs, output: layer.name, shape: [head.further] });
    read.push(layer.name);
  }
  if (prior) {
    const place = { map: renamed(base.output), shape: last?.shape ?? picture, features };
    uses.push(...knownLayers(prior, { ...place, known: head.known, free }));
    read.push(uses.at(-1)!.output);
  }
  if (read.length > 1) {
    const layer = withWeights('Concatenate', free('all_features'), { axis: -1 }, []);
    uses.push({ layer, inputs: read, output: layer.name, shape: [length] });
    features = layer.name;
  }
  const dense = withWeights(
    'Dense',
    free('dense'),
    { units: head.classes, activation: 'softmax', use_bias: true },
    [
      { name: 'kernel', shape: [length, head.classes], values: head.kernel },
      { name: 'bias', shape: [head.classes], values: head.bias },
    ],
  );
  uses.push({ layer: dense, inputs: [features], output: dense.name, shape: [head.classes] });
  return assemble(input, picture, plainLayers(uses, native), dense.name);
}

function assemble(
  input: string,
  picture: readonly number[],
  uses: readonly LayerUse[],
  output: string,
): FunctionalModel {
  /** Where each tensor comes from: the layer, and the number of its call. */
  const origins = new Map<string, readonly [string, number]>([[input, [input, 0]]]);
  const nodes = new Map<string, { layer: NetworkLayer; inbound: unknown[] }>();
  for (const { layer, inputs, output: name } of uses) {
    const node = nodes.get(layer.name) ?? { layer, inbound: [] };
    nodes.set(layer.name, node);
    const reads = inputs.map((each) => {
      const [from, call] = origins.get(each)!;
      return [from, call, 0, {}];
    });
    origins.set(name, [layer.name, node.inbound.length]);
    node.inbound.push(reads);
  }
  const inputLayer: NetworkLayer = {
    name: input,
    className: 'InputLayer',
    config: { name: input, batch_input_shape: [null, ...picture], dtype: 'float32', sparse: false },
    weights: [],
  };
  const layers = [...nodes.values()];
  return {
    config: {
      name: 'purrceptron',
      layers: [
        layerJson(inputLayer, []),
        ...layers.map(({ layer, inbound }) => layerJson(layer, inbound)),
      ],
      input_layers: [[input, 0, 0]],
      output_layers: [[output, 0, 0]],
    },
    layers: [inputLayer, ...layers.map(({ layer }) => layer)],
  };
}

/** Their values are loaded; drawing random ones first would take TensorFlow.js seconds. */
const INITIALIZED: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ['kernel_initializer'],
  Dense: ['kernel_initializer'],
  DepthwiseConv2D: ['depthwise_initializer'],
  SeparableConv2D: ['depthwise_initializer', 'pointwise_initializer'],
};

function layerJson(
  { name, className, config }: NetworkLayer,
  inbound: readonly unknown[],
): LayerJson {
  const initializers = (INITIALIZED[className] ?? []).map((key): [string, unknown] => [
    key,
    { class_name: 'Zeros', config: {} },
  ]);
  return {
    name,
    class_name: className,
    config: { ...config, name, ...Object.fromEntries<unknown>(initializers) },
    inbound_nodes: inbound,
  };
}

function withWeights(
  className: string,
  name: string,
  config: NetworkLayer['config'],
  weights: readonly LayerWeight[],
): NetworkLayer {
  return { name, className, config, weights };
}

/** A layer name that the base does not have. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 1; taken.has(free); i++) free = `${name}_${i}`;
  taken.add(free);
  return free;
}
