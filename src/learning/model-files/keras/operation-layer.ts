import { isObject, TopologyError, type LayerConfig, type TensorRef } from './keras-json.ts';
import { KNOWN_LAYERS } from './known-layers.ts';
import type { PlainLayer } from './normalize-layer.ts';
import type { Argument, Call } from './normalize-nodes.ts';

type Operation = 'add' | 'subtract' | 'multiply' | 'divide' | 'relu' | 'relu6' | 'swish';

/** An operation on tensors, expressed as a layer. */
interface OperationLayer {
  readonly layer: PlainLayer;
  /** The tensors that it reads. */
  readonly reads: TensorRef[];
}

/** Names of operations in TFOpLambda, then in TensorFlowOpLayer, then in Keras 3. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  '__operators__.add': 'add',
  'math.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
  'nn.relu': 'relu',
  'nn.relu6': 'relu6',
  'nn.silu': 'swish',
  'nn.swish': 'swish',
  Add: 'add',
  AddV2: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  RealDiv: 'divide',
  Relu: 'relu',
  Relu6: 'relu6',
  Subtract: 'subtract',
  Multiply: 'multiply',
  TrueDivide: 'divide',
  Divide: 'divide',
};

/**
 * Converts arithmetic between layers, such as MobileNetV3's hard swish, `x * relu6(x + 3) / 6`, to
 * layers that TensorFlow.js has. Keras 2 writes it as TFOpLambda or TensorFlowOpLayer, Keras 3 as
 * classes of `keras.ops`.
 *
 * @param raw the layer in the model's JSON
 * @returns undefined for an ordinary layer
 * @throws TopologyError for an operation that no layer of TensorFlow.js computes
 */
export function operationLayer(
  raw: Readonly<Record<string, unknown>>,
  call: Call | undefined,
): OperationLayer | undefined {
  const kind = raw['class_name'];
  const config = (isObject(raw['config']) ? raw['config'] : {}) as LayerConfig;
  if (kind === 'TFOpLambda') return build(config['function'], config, call ?? []);
  if (kind === 'TensorFlowOpLayer') {
    const definition = nodeDefinition(config['node_def']);
    return build(definition['op'], config, withConstants(call ?? [], config['constants']));
  }
  return isKeras3Operation(raw, call ?? []) ? build(kind, config, call ?? []) : undefined;
}

/**
 * Whether a class is one of `keras.ops`. An `.h5` file does not state the module; there, a class that
 * is no layer, or a layer that is called with a number, is an operation.
 */
function isKeras3Operation({ module, class_name: kind }: Record<string, unknown>, call: Call) {
  if (typeof module === 'string') return module.includes('.ops');
  if (typeof kind !== 'string' || !Object.hasOwn(OPERATIONS, kind)) return false;
  const isNumber = (part: Argument) => 'constant' in part && typeof part.constant === 'number';
  return !KNOWN_LAYERS.has(kind) || call.some(isNumber);
}

function build(name: unknown, config: LayerConfig, call: Call): OperationLayer {
  const operation = OPERATIONS[String(name)];
  const tensors = call.flatMap((part) => ('tensor' in part ? [part.tensor] : []));
  const constants = call.flatMap((part) => ('constant' in part ? [part.constant] : []));
  const make = (class_name: string, more: LayerConfig): OperationLayer => ({
    layer: { class_name, config: { name: config['name'], ...more } },
    reads: tensors,
  });
  if (operation === 'relu' || operation === 'relu6' || operation === 'swish') {
    return make('Activation', { activation: operation });
  }
  if (tensors.length === 2 && operation === 'add') return make('Add', {});
  if (tensors.length === 2 && operation === 'multiply') return make('Multiply', {});
  const [constant] = constants;
  if (operation && tensors.length === 1 && typeof constant === 'number') {
    const tensorFirst = 'tensor' in call[0]!;
    const rescaling = rescalingOf(operation, constant, tensorFirst);
    if (rescaling) return make('Rescaling', rescaling);
  }
  throw new TopologyError(`the operation ${String(name)} (“${String(config['name'])}”)`);
}

function rescalingOf(operation: Operation, constant: number, tensorFirst: boolean) {
  switch (operation) {
    case 'add':
      return { scale: 1, offset: constant };
    case 'subtract':
      return tensorFirst ? { scale: 1, offset: -constant } : { scale: -1, offset: constant };
    case 'multiply':
      return { scale: constant, offset: 0 };
    case 'divide':
      return tensorFirst ? { scale: 1 / constant, offset: 0 } : undefined;
    default:
      return undefined;
  }
}

function nodeDefinition(definition: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof definition === 'string' ? JSON.parse(definition) : definition;
    return isObject(value) ? value : {};
  } catch {
    return {}; // `build` refuses an operation without a name.
  }
}

/**
 * Inserts constants into the arguments: `{"1": 3.0}` maps the index of an argument to its value.
 */
function withConstants(call: Call, constants: unknown): Call {
  const args: Argument[] = [...call];
  for (const [index, constant] of Object.entries(isObject(constants) ? constants : {})) {
    args.splice(Number(index), 0, { constant });
  }
  return args;
}
