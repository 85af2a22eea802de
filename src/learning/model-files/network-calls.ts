import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from './layer-graph.ts';

/** One call of a layer in a network: a layer can be called several times, on different tensors. */
export interface LayerCall {
  readonly layer: Layer;
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it makes; the layer's own name where it is called once. */
  readonly output: string;
}

/** The calls of a network, each behind those that it reads. */
interface NetworkCalls {
  readonly calls: readonly LayerCall[];
  readonly input: string;
  readonly output: string;
}

/**
 * The calls of a LayersModel's layers. A layer can have others outside of it: where it was cut out of
 * a larger model, or where it is a model itself and is called by another.
 *
 * @param model one input and one output
 */
export function networkCalls(model: LayersModel): NetworkCalls {
  // As Container keeps them; what `predict` goes through, in that order.
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
