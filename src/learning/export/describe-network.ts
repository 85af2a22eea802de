import type { LayersModel } from '@tensorflow/tfjs-layers';
import type {
  BaseNetwork,
  InputScaling,
  LayerUse,
  NetworkLayer,
} from '../../models/formats/trained-network.ts';
import { layerWeights } from '../fine-tune/build-tail.ts';
import { networkCalls } from '../model-files/network-calls.ts';

/**
 * Copies a base into plain data, from which the writers of formats make files.
 *
 * @param model the layers of the base, built for one input size; its tensors stay as they are
 */
export function describeNetwork(model: LayersModel, scaling: InputScaling): BaseNetwork {
  const { calls, input, output } = networkCalls(model);
  const layers = new Map<string, NetworkLayer>();
  const uses = calls.map(({ layer, inputs, output, shape }): LayerUse => {
    const described = layers.get(layer.name) ?? describeLayer(layer);
    layers.set(layer.name, described);
    return { layer: described, inputs, output, shape: shape.slice(1) as number[] };
  });
  const size = model.inputs[0]!.shape[1]!;
  return { input, size, scaling, uses, output };
}

function describeLayer(layer: LayersModel['layers'][number]): NetworkLayer {
  const weights = layerWeights(layer).map(({ kind, weight, tensor }) => ({
    name: kind,
    shape: weight.shape as number[],
    values: tensor.dataSync<'float32'>().slice(),
  }));
  // tfjs-layers leaves it out of the config of a SeparableConv2D.
  const multiplier = weights.find(({ name }) => name === 'depthwise_kernel')?.shape[3];
  return {
    name: layer.name,
    className: layer.getClassName(),
    config: {
      ...kerasConfig(layer.getConfig()),
      ...(multiplier !== undefined && { depth_multiplier: multiplier }),
    },
    weights,
  };
}

/**
 * The config of a layer as Keras writes it. What matters only to training, or only to the building
 * of the layer, is left out.
 */
function kerasConfig(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(config)
    .map(
      ([key, value]) =>
        [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const,
    )
    .filter(
      ([key]) =>
        !/(_initializer|_regularizer|_constraint)$|^(batch_input_shape|trainable)$/.test(key),
    )
    .map(([key, value]) => [key, key === 'data_format' ? dataFormat(value) : value] as const);
  return Object.fromEntries(entries);
}

function dataFormat(value: unknown): unknown {
  return value === 'channelsFirst' ? 'channels_first' : 'channels_last';
}
