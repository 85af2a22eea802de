import { isObject, TopologyError, type TensorRef } from './keras-json.ts';

/** An argument of a call: a tensor, or a constant. */
export type Argument = { readonly tensor: TensorRef } | { readonly constant: unknown };

/** A call of a layer: its arguments in order. */
export type Call = readonly Argument[];

/**
 * The arguments of each call of a layer, from `inbound_nodes` in any of the formats of Keras:
 *
 * - Keras 2: `[[["a", 0, 0, {}], ["b", 0, 0, {}]]]`, a list of tensors for each call;
 * - Keras 2, operations on tensors: `[["a", 0, 0, {"y": 3.0}]]` or `{"y": ["b", 0, 0]}`;
 * - Keras 3: `[{"args": [tensor], "kwargs": {}}]` with `"keras_history": ["a", 0, 0]` in each.
 *
 * @throws TopologyError when the format is unknown
 */
export function callsOf(inboundNodes: unknown): Call[] {
  if (inboundNodes === undefined || inboundNodes === null) return [];
  if (!Array.isArray(inboundNodes)) throw new TopologyError('inbound_nodes that are no list');
  return inboundNodes.map((node: unknown) => {
    if (isObject(node)) return keras3Call(node);
    if (isRef(node)) return operationCall(node);
    if (Array.isArray(node) && node.every(isRef)) return node.flatMap(operationCall);
    throw new TopologyError('an inbound node in a form that is not known');
  });
}

/** Reads `input_layers` or `output_layers`. Keras 3 does not wrap a single tensor in a list. */
export function refsOf(value: unknown): TensorRef[] {
  const refs = isRef(value) ? [value] : value;
  if (Array.isArray(refs) && refs.length > 0 && refs.every(isRef)) return refs.map(plainRef);
  throw new TopologyError('no list of its inputs and outputs');
}

function operationCall(ref: TensorRef): Argument[] {
  const kwargs = isObject(ref[3]) ? Object.entries(ref[3]) : [];
  const operands = kwargs
    .filter(([key, value]) => ['y', 'b', 'x2'].includes(key) && value !== null)
    .map(([, value]) => argument(value));
  return [{ tensor: plainRef(ref) }, ...operands];
}

function keras3Call(node: Record<string, unknown>): Argument[] {
  const args = Array.isArray(node['args']) ? (node['args'] as unknown[]) : [];
  const kwargs = isObject(node['kwargs']) ? node['kwargs'] : {};
  const tensors = Object.entries(kwargs)
    .filter(([key]) => ['x', 'x1', 'x2', 'inputs', 'y'].includes(key))
    .map(([, value]) => value);
  return [...args, ...tensors].flatMap((value) =>
    Array.isArray(value) && !isRef(value) ? value.map(argument) : [argument(value)],
  );
}

function argument(value: unknown): Argument {
  if (isRef(value)) return { tensor: plainRef(value) };
  if (isObject(value) && isObject(value['config'])) {
    const history = value['config']['keras_history'];
    if (isRef(history)) return { tensor: plainRef(history) };
    if (value['config']['value'] !== undefined) return { constant: value['config']['value'] };
  }
  return { constant: value };
}

function plainRef([layer, node, tensor]: TensorRef): TensorRef {
  return [layer, node, tensor, {}];
}

function isRef(value: unknown): value is TensorRef {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'string' &&
    Number.isInteger(value[1]) &&
    Number.isInteger(value[2])
  );
}
