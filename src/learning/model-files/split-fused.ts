import type { io } from '@tensorflow/tfjs-core';

/** A node of a GraphModel's topology, as far as it is read here. */
interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

/** Fused operations that add a bias, and those that they are made of. */
const FUSED: Readonly<Record<string, string>> = {
  _FusedConv2D: 'Conv2D',
  FusedDepthwiseConv2dNative: 'DepthwiseConv2dNative',
  _FusedMatMul: 'MatMul',
};

/** Activations after the bias. Those with numbers of their own are left fused. */
const ACTIVATIONS = new Set(['Relu', 'Relu6', 'Elu', 'Sigmoid', 'Tanh']);

/**
 * Splits the fused operations of a GraphModel whose bias is no vector: the wasm backend refuses those
 * ("FusedConv2D only supports rank-1 bias"), and the converter of TensorFlow.js makes them, for one of
 * batch normalization's additions (`[1, 1, 1, channels]`) or of hard sigmoid's 3 (`[]`).
 *
 * @param topology `modelTopology`
 * @param weights `weightSpecs`
 * @returns the topology; the same one if there is nothing to split
 */
export function splitFused(topology: unknown, weights: readonly io.WeightsManifestEntry[]): object {
  const { node: nodes = [], ...others } = topology as { node?: readonly GraphNode[] };
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const ranks = new Map(weights.map(({ name, shape }) => [name, shape.length]));
  const freeName = (wanted: string): string =>
    byName.has(wanted) ? freeName(`${wanted}_`) : wanted;
  const split = nodes.flatMap((node): GraphNode[] => {
    const parts = partsOf(node);
    const { name, input: [data, filter, bias, ...controls] = [], attr = {} } = node;
    if (!parts || bias === undefined || ranks.get(weightName(byName, bias)) === 1) return [node];
    const type = { ...(attr['T'] !== undefined && { T: attr['T'] }) };
    const product = freeName(`${name}/product`);
    const sum = parts.activation === undefined ? name : freeName(`${name}/sum`);
    return [
      { name: product, op: parts.op, input: [data!, filter!, ...controls], attr },
      { name: sum, op: 'AddV2', input: [product, bias], attr: type },
      ...(parts.activation === undefined
        ? []
        : [{ name, op: parts.activation, input: [sum], attr: type }]),
    ];
  });
  return split.length === nodes.length ? (topology as object) : { ...others, node: split };
}

/** What a fused operation is made of; undefined if it is none, or of more than a bias and ACTIVATIONS. */
function partsOf({ op, attr }: GraphNode): { op: string; activation?: string } | undefined {
  const plain = Object.hasOwn(FUSED, op) ? FUSED[op] : undefined;
  if (plain === undefined) return undefined;
  const fused = attr?.['fused_ops'] as { list?: { s?: readonly string[] } } | undefined;
  const [first, activation, ...more] = (fused?.list?.s ?? []).map((text) => atob(text));
  if (first !== 'BiasAdd' || more.length > 0) return undefined;
  if (activation === undefined) return { op: plain };
  return ACTIVATIONS.has(activation) ? { op: plain, activation } : undefined;
}

/** The name of the weight that an input is, directly or through Identity. */
function weightName(nodes: ReadonlyMap<string, GraphNode>, input: string): string {
  let name = input.replace(/:\d+$/, '');
  for (let steps = 0; steps < 8 && nodes.get(name)?.op === 'Identity'; steps++) {
    name = nodes.get(name)!.input?.[0]?.replace(/:\d+$/, '') ?? '';
  }
  return name;
}
