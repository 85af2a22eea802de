import { fineTuneLayer } from './fine-tune-layer.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { trainableFrom } from './trainable-from.ts';
import type { TunableBlock, LayerDescription } from '../../records/summary.ts';

/**
 * The layers from which the user can choose to fine-tune a base, in network order: the first layer
 * of each block and the first layer with weights after the last block. If the layer names contain
 * no blocks, each convolution is offered. If the default layer is inside a block, it replaces the
 * block's first layer.
 *
 * @param layers all layers of the base, frozen
 * @returns empty if the base cannot be fine-tuned
 */
export function tunableBlocks(
  layers: readonly LayerDescription[],
  spec: Pick<BaseSpec, 'fineTuneFrom'>,
): TunableBlock[] {
  const defaultLayer = fineTuneLayer(layers, spec);
  if (defaultLayer === undefined) return [];
  const first = layers.findIndex(({ name }) => name === spec.fineTuneFrom);
  return blockStarts(layers, defaultLayer)
    .filter(([index]) => index >= Math.max(1, first))
    .map(([index, name]) => ({
      layer: layers[index]!.name,
      name,
      isDefault: layers[index]!.name === defaultLayer,
      parameters: trainableFrom(layers, layers[index]!.name).reduce(
        (sum, { parameters }) => sum + parameters.trainable,
        0,
      ),
    }));
}

/** The index of the first layer of each block, and the name of the block. */
function blockStarts(
  layers: readonly LayerDescription[],
  defaultLayer: string,
): (readonly [index: number, name: string])[] {
  const blocks = new Map<string, number>();
  let afterBlocks: number | undefined;
  layers.forEach((layer, index) => {
    const block = blockOf(layer);
    if (block !== undefined) {
      if (!blocks.has(block)) blocks.set(block, index);
      afterBlocks = undefined;
    } else if (hasParameters(layer)) afterBlocks ??= index;
  });
  if (blocks.size === 0) {
    layers.forEach((layer, index) => {
      if (/Conv/.test(layer.className) && hasParameters(layer)) blocks.set(layer.name, index);
    });
  } else if (afterBlocks !== undefined) blocks.set(layers[afterBlocks]!.name, afterBlocks);
  const defaultIndex = layers.findIndex(({ name }) => name === defaultLayer);
  blocks.set(blockOf(layers[defaultIndex]!) ?? defaultLayer, defaultIndex);
  return [...blocks].map(([name, index]) => [index, name] as const).sort(([a], [b]) => a - b);
}

/**
 * The block that a layer belongs to, such as "block_11" in MobileNet or "conv4_block2" in ResNet.
 */
function blockOf({ name }: LayerDescription): string | undefined {
  return /^(?:\w+?_)?block_?\d+/.exec(name)?.[0];
}

function hasParameters({ parameters }: LayerDescription): boolean {
  return parameters.trainable + parameters.nonTrainable > 0;
}
