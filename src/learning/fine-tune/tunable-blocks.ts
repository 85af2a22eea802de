import { fineTuneLayer } from './fine-tune-layer.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { trainableFrom } from './trainable-from.ts';
import type { TunableBlock, LayerDescription } from '../../records/summary.ts';

/**
 * Places from which on a base can be fine-tuned, the deepest into it first: the beginning of each of
 * its blocks and of what comes behind the last one, or, where no name speaks of blocks, each
 * convolution. Where the default is within a block, it stands for its beginning.
 */
export function tunableBlocks(
  layers: readonly LayerDescription[],
  spec: Pick<BaseSpec, 'fineTuneFrom'>,
): TunableBlock[] {
  const usual = fineTuneLayer(layers, spec);
  if (usual === undefined) return [];
  const first = layers.findIndex(({ name }) => name === spec.fineTuneFrom);
  return startsOf(layers, usual)
    .filter(([index]) => index >= Math.max(1, first))
    .map(([index, name]) => ({
      layer: layers[index]!.name,
      name,
      usual: layers[index]!.name === usual,
      parameters: trainableFrom(layers, layers[index]!.name).reduce(
        (sum, { parameters }) => sum + parameters.trainable,
        0,
      ),
    }));
}

/** Where blocks begin, and what they are called. */
function startsOf(
  layers: readonly LayerDescription[],
  usual: string,
): (readonly [index: number, name: string])[] {
  const blocks = new Map<string, number>();
  let behind: number | undefined;
  layers.forEach((layer, index) => {
    const block = blockOf(layer);
    if (block !== undefined) {
      if (!blocks.has(block)) blocks.set(block, index);
      behind = undefined;
    } else if (weighs(layer)) behind ??= index;
  });
  if (blocks.size === 0) {
    layers.forEach((layer, index) => {
      if (/Conv/.test(layer.className) && weighs(layer)) blocks.set(layer.name, index);
    });
  } else if (behind !== undefined) blocks.set(layers[behind]!.name, behind);
  const usualIndex = layers.findIndex(({ name }) => name === usual);
  blocks.set(blockOf(layers[usualIndex]!) ?? usual, usualIndex);
  return [...blocks].map(([name, index]) => [index, name] as const).sort(([a], [b]) => a - b);
}

/** "block_11" of MobileNet, "conv4_block2" of ResNet. */
function blockOf({ name }: LayerDescription): string | undefined {
  return /^(?:\w+?_)?block_?\d+/.exec(name)?.[0];
}

function weighs({ parameters }: LayerDescription): boolean {
  return parameters.trainable + parameters.nonTrainable > 0;
}
