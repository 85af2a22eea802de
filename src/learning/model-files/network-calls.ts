import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from './layer-graph.ts';

/** One call of a layer in a network. A layer can be called several times, on different tensors. */
export interface LayerCall {
  readonly layer: Layer;
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the output tensor; it is the layer's name if the layer is called once. */
  readonly output: string;
  /** Shape of the output, with the batch. */
  readonly shape: readonly (number | null)[];
}

/** The calls of a network. */
interface NetworkCalls {
  /** In topological order: each call comes after the calls whose outputs it reads. */
  readonly calls: readonly LayerCall[];
  /** Name of the input tensor. */
  readonly input: string;
  /** Name of the output tensor. */
  readonly output: string;
}

/**
 * The calls of layers within a LayersModel. Calls of the same layers outside the model are left
 * out: the model may be a part of a larger model, or may itself be called by another model.
 *
 * @param model has one input and one output
 */
export function networkCalls(model: LayersModel): NetworkCalls {
  // `nodesByDepth` of TensorFlow.js's Container: `predict` runs the nodes in this order.
  const { nodesByDepth } = model as unknown as { nodesByDepth: Record<string, GraphNode[]> };
  const depths = Object.keys(nodesByDepth).map(Number);
  const nodes = depths.sort((a, b) => b - a).flatMap((depth) => nodesByDepth[depth]!);
  const calls = new Map<Layer, number>();
  for (const { outboundLayer } of nodes) {
    calls.set(outboundLayer, (calls.get(outboundLayer) ?? 0) + 1);
  }
  const tensorName = (layer: Layer, node: number) =>
    calls.get(layer) === 1 ? layer.name : `${layer.name}/call_${node}`;
  return {
    calls: nodes
      .map((node) => ({
        layer: node.outboundLayer,
        inputs: node.inboundLayers.map((layer, i) => tensorName(layer, node.nodeIndices[i]!)),
        output: tensorName(node.outboundLayer, indexOf(node)),
        shape: node.outputTensors[0]!.shape,
      }))
      .filter(({ layer }) => layer.getClassName() !== 'InputLayer'),
    input: model.inputLayers[0]!.name,
    output: tensorName(
      model.outputLayers[0]!,
      (model as unknown as { outputLayersNodeIndices: number[] }).outputLayersNodeIndices[0]!,
    ),
  };
}

type GraphNode = Layer['inboundNodes'][number];

function indexOf(node: GraphNode): number {
  return node.outboundLayer.inboundNodes.indexOf(node);
}
