interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

/** Operations of a classifier, in addition to those that are handled separately below. */
const TOP = new Set([
  'Add',
  'AddV2',
  'BiasAdd',
  'Identity',
  'LogSoftmax',
  'Reshape',
  'Sigmoid',
  'Softmax',
  'Squeeze',
]);

const CONVOLUTION = new Set(['Conv2D', '_FusedConv2D']);
const DENSE = new Set(['MatMul', '_FusedMatMul']);
const VECTORS = new Set(['Reshape', 'Squeeze', 'Softmax']);

/**
 * Finds the node of a GraphModel whose output is the features: the feature map before its global
 * pooling or, if it has no pooling, the input of its first dense layer.
 *
 * @param topology `modelTopology`
 * @param output name of the node that gives the output of the whole model
 * @returns undefined if the model has neither; the output of the model is then the features
 */
export function graphFeatures(topology: unknown, output: string): string | undefined {
  const { node } = topology as { node?: readonly GraphNode[] };
  const nodes = new Map((node ?? []).map((each) => [each.name, each]));
  let dense: string | undefined;
  /** Whether the nodes after `current` work on a vector and not on a feature map. */
  let vector = false;
  let current = nodes.get(nodeName(output));
  for (const seen = new Set<GraphNode>(); current && !seen.has(current);) {
    seen.add(current);
    const { op } = current;
    const [data, ...others] = (current.input ?? []).filter((name) => !name.startsWith('^'));
    if (data === undefined) break;
    if (op === 'Mean' || (op === 'AvgPool' && vector)) return nodeName(data);
    // VGG flattens the pooled feature map for a dense layer.
    if (op === 'MaxPool' && dense !== undefined) return current.name;
    // A 1x1 convolution after the pooling can be part of the classifier.
    const isTop = TOP.has(op) || DENSE.has(op) || (CONVOLUTION.has(op) && vector);
    if (!isTop || !others.every((name) => isConstant(nodes, name))) break;
    if (DENSE.has(op)) dense = nodeName(data);
    vector ||= DENSE.has(op) || VECTORS.has(op);
    current = nodes.get(nodeName(data));
  }
  return dense;
}

/** Removes the index of the output: `conv:0` is the first output of `conv`. */
function nodeName(name: string): string {
  return name.replace(/:\d+$/, '');
}

/** Whether a node is a weight, directly or through Identity or Enter. */
function isConstant(nodes: ReadonlyMap<string, GraphNode>, name: string): boolean {
  const node = nodes.get(nodeName(name));
  if (!node) return false;
  if (node.op === 'Identity' || node.op === 'Enter')
    return isConstant(nodes, node.input?.[0] ?? '');
  return node.op === 'Const';
}
