import { inlineNested } from './inline-nested.ts';
import {
  isObject,
  TopologyError,
  type FunctionalJson,
  type LayerConfig,
  type LayerJson,
  type TensorRef,
} from './keras-json.ts';
import { KNOWN_LAYERS } from './known-layers.ts';
import { normalizeLayer } from './normalize-layer.ts';
import { callsOf, refsOf } from './normalize-nodes.ts';
import { operationLayer } from './operation-layer.ts';

/** Levels of nested models; no real model has more. */
const MAX_NESTING = 8;
/** Layers of one model; EfficientNetV2-L has 1,028, NASNet-Large has 1,039. */
const MAX_LAYERS = 3000;

/**
 * Converts the topology of a LayersModel, written by Keras 2.0 to 3, to the form that TensorFlow.js
 * reads: one functional model without a wrapper, with nested models inlined where possible. Also
 * detects what TensorFlow.js does not: unknown layers, and tensors that no layer computes
 * (TensorFlow.js waits for them forever).
 *
 * @param topology `modelTopology` of a model.json; not changed
 * @throws TopologyError when it is not such a model, or the app does not support it
 */
export function normalizeTopology(topology: unknown): FunctionalJson {
  const outer = isObject(topology) ? topology : {};
  const wrapped = outer['model_config'] ?? outer;
  return normalizeModel(typeof wrapped === 'string' ? parseJson(wrapped) : wrapped, MAX_NESTING);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TopologyError('a model_config that is no JSON');
  }
}

function normalizeModel(model: unknown, depth: number): FunctionalJson {
  if (depth === 0) throw new TopologyError('models nested too deeply');
  if (!isObject(model)) throw new TopologyError('no topology');
  const { config } = model;
  const functional =
    model['class_name'] === 'Sequential' || Array.isArray(config)
      ? fromSequential(config, depth)
      : fromFunctional(config, depth);
  const flat = inlineNested(functional);
  expectValidGraph(flat);
  return flat;
}

function fromFunctional(config: unknown, depth: number): FunctionalJson {
  if (!isObject(config) || !Array.isArray(config['layers'])) throw new TopologyError('no layers');
  expectFewLayers(config['layers']);
  const layers = config['layers'].map((raw: unknown): LayerJson => {
    const layer = rawLayer(raw);
    const calls = callsOf(layer['inbound_nodes']);
    const operation = operationLayer(layer, calls[0]);
    if (operation) {
      return named(layer, operation.layer, [operation.reads]);
    }
    const nodes = calls.map((call) =>
      call.flatMap((part): TensorRef[] => ('tensor' in part ? [part.tensor] : [])),
    );
    return named(layer, plainLayer(layer, depth), nodes);
  });
  return {
    class_name: 'Model',
    config: {
      name: typeof config['name'] === 'string' ? config['name'] : 'model',
      layers,
      input_layers: refsOf(config['input_layers']),
      output_layers: refsOf(config['output_layers']),
    },
  };
}

/** Converts a Sequential model. Keras before 2.3 writes its layers as a bare list. */
function fromSequential(config: unknown, depth: number): FunctionalJson {
  const list: unknown = isObject(config) ? config['layers'] : config;
  if (!Array.isArray(list) || list.length === 0) throw new TopologyError('no layers');
  expectFewLayers(list);
  const layers: LayerJson[] = [];
  for (const raw of list as unknown[]) {
    const layer = rawLayer(raw);
    const previous = layers.at(-1);
    const plain = plainLayer(layer, depth);
    if (!previous && plain.class_name !== 'InputLayer') {
      const shape = inputShape(plain.config) ?? inputShape(isObject(config) ? config : {});
      if (!shape) throw new TopologyError('no size of its input');
      const first = plain.config['name'];
      const name = `${typeof first === 'string' ? first : 'first'}_input`;
      layers.push({
        name,
        class_name: 'InputLayer',
        config: { name, batch_input_shape: shape, dtype: 'float32' },
        inbound_nodes: [],
      });
    }
    const reads = layers.at(-1);
    layers.push(named(layer, plain, reads ? [[[reads.name, 0, 0, {}]]] : []));
  }
  const name =
    isObject(config) && typeof config['name'] === 'string' ? config['name'] : 'sequential';
  return {
    class_name: 'Model',
    config: {
      name,
      layers,
      input_layers: [[layers[0]!.name, 0, 0]],
      output_layers: [[layers.at(-1)!.name, 0, 0]],
    },
  };
}

/** The input shape that a first layer states; a nested model states it in its own first layer. */
function inputShape(config: LayerConfig): unknown {
  const layers = config['layers'];
  if (Array.isArray(layers) && layers.length > 0) {
    return inputShape((layers[0] as { config: LayerConfig }).config);
  }
  return config['batch_input_shape'] ?? config['build_input_shape'];
}

function plainLayer(layer: Record<string, unknown>, depth: number) {
  const kind = layer['class_name'] as string;
  if (kind === 'Model' || kind === 'Functional' || kind === 'Sequential') {
    const inner = normalizeModel(layer, depth - 1);
    return { class_name: 'Model', config: inner.config as unknown as LayerConfig };
  }
  return normalizeLayer({ class_name: kind, config: layer['config'] as LayerConfig });
}

function rawLayer(raw: unknown): Record<string, unknown> {
  if (isObject(raw) && typeof raw['class_name'] === 'string') {
    // The config of an old Sequential is the list of its layers.
    if (isObject(raw['config']) || Array.isArray(raw['config'])) return raw;
  }
  throw new TopologyError('a layer without class_name and config');
}

function named(
  raw: Record<string, unknown>,
  { class_name, config }: { class_name: string; config: LayerConfig },
  inbound_nodes: TensorRef[][],
): LayerJson {
  const name = raw['name'] ?? config['name'];
  if (typeof name !== 'string') throw new TopologyError('a layer without a name');
  return { name, class_name, config: { ...config, name }, inbound_nodes };
}

function expectFewLayers({ length }: readonly unknown[]): void {
  if (length > MAX_LAYERS) throw new TopologyError(`${length} layers in one model`);
}

/** Checks that each layer is known, each name is unique, and a topological order exists. */
function expectValidGraph({ config }: FunctionalJson): void {
  const names = new Set<string>();
  for (const { name, class_name } of config.layers) {
    if (names.has(name)) throw new TopologyError(`two layers named “${name}”`);
    names.add(name);
    if (!KNOWN_LAYERS.has(class_name)) {
      throw new TopologyError(`the layer ${class_name} (“${name}”)`);
    }
  }
  const computed = new Set<string>();
  const key = ([layer, node]: TensorRef) => `${layer}:${node}`;
  let waiting = config.layers.flatMap(({ name, inbound_nodes }) => {
    if (inbound_nodes.length === 0) computed.add(`${name}:0`);
    return inbound_nodes.map((reads, node) => ({ name, node, reads }));
  });
  for (let previous = -1; waiting.length !== previous;) {
    previous = waiting.length;
    waiting = waiting.filter(({ name, node, reads }) => {
      const ready = reads.length > 0 && reads.every((ref) => computed.has(key(ref)));
      if (ready) computed.add(`${name}:${node}`);
      return !ready;
    });
  }
  const isUnconnected = [...config.input_layers, ...config.output_layers].some(
    (ref) => !computed.has(key(ref)),
  );
  if (waiting.length > 0 || isUnconnected)
    throw new TopologyError('layers that read what no layer gives');
}
