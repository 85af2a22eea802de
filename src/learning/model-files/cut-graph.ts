interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

/** Operations between the features of a network and its answer, beside those that are told apart below. */
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
 * The node of a GraphModel whose output are the features: the feature map under its global pooling,
 * or, where there is none, what its first dense layer reads.
 *
 * @param topology `modelTopology`
 * @param output name of the node that the whole model ends with
 * @returns undefined where the model ends in neither: its own output are the features then
 */
export function graphFeatures(topology: unknown, output: string): string | undefined {
  const { node } = topology as { node?: readonly GraphNode[] };
  const nodes = new Map((node ?? []).map((each) => [each.name, each]));
  let dense: string | undefined;
  /** Whether what is behind is a vector and no feature map. */
  let vector = false;
  let current = nodes.get(nodeName(output));
  for (const seen = new Set<GraphNode>(); current && !seen.has(current);) {
    seen.add(current);
    const { op } = current;
    const [data, ...others] = (current.input ?? []).filter((name) => !name.startsWith('^'));
    if (data === undefined) break;
    if (op === 'Mean' || (op === 'AvgPool' && vector)) return nodeName(data);
    // Flattened for a dense layer, as VGG does.
    if (op === 'MaxPool' && dense !== undefined) return current.name;
    // A 1x1 convolution can be a classifier's, behind a pooling.
    const top = TOP.has(op) || DENSE.has(op) || (CONVOLUTION.has(op) && vector);
    if (!top || !others.every((name) => isConstant(nodes, name))) break;
    if (DENSE.has(op)) dense = nodeName(data);
    vector ||= DENSE.has(op) || VECTORS.has(op);
    current = nodes.get(nodeName(data));
  }
  return dense;
}

/** `conv:0` is the first output of `conv`. */
function nodeName(name: string): string {
  return name.replace(/:\d+$/, '');
}

/** A weight, or one that is passed on. */
function isConstant(nodes: ReadonlyMap<string, GraphNode>, name: string): boolean {
  const node = nodes.get(nodeName(name));
  if (!node) return false;
  if (node.op === 'Identity' || node.op === 'Enter')
    return isConstant(nodes, node.input?.[0] ?? '');
  return node.op === 'Const';
}
