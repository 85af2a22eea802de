import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { canLearn } from './can-learn.ts';
import { consumersOf, type Layer } from './layer-graph.ts';

/** Where a network is parted for fine-tuning. */
export interface Cut {
  /** Place in `model.layers` of the first layer that learns. */
  readonly from: number;
  /** Place of the first layer behind the cut: those between it and `from` run, and do not learn. */
  readonly index: number;
  /** The layer before the cut whose output alone passes it. */
  readonly boundary: Layer;
}

/**
 * The cut for a fine-tuning from a layer on: the last place at or before it where a single tensor
 * passes, so that one tensor a photo is kept.
 *
 * @param fromLayer the first layer that learns, by Keras's name or by place in `model.layers`
 * @throws Problem `base` where there is no such layer, no such place, or a layer behind it cannot learn
 */
export function findCut(model: LayersModel, fromLayer: string | number): Cut {
  const { layers } = model;
  const from = layerIndex(layers, fromLayer);
  const boundaries = boundariesOf(layers);
  const index = boundaries.slice(0, from + 1).findLastIndex((boundary) => boundary !== undefined);
  if (index < 0) throw new Problem('base', msg('This base model cannot be split for fine-tuning.'));
  const odd = layers.slice(index).find((layer) => !canLearn(layer));
  if (odd) {
    throw new Problem('base', msg('This base model cannot be fine-tuned from there.'), {
      cause: `${odd.name} (${odd.getClassName()})`,
    });
  }
  return { from, index, boundary: boundaries[index]! };
}

/**
 * The first layer from which on a base can be fine-tuned: `findCut` has a cut for it, and for every
 * layer behind it.
 *
 * @returns undefined where no layer that learns has one
 */
export function fineTuneFrom({ layers }: LayersModel): string | undefined {
  const stops = layers.findLastIndex((layer) => !canLearn(layer));
  const index = boundariesOf(layers).findIndex((boundary, place) => boundary && place > stops);
  if (index < 0) return undefined;
  return layers.slice(index).find(({ weights }) => weights.length > 0)?.name;
}

/** By place, the layer before it whose output alone is read at or behind it, where there is one. */
function boundariesOf(layers: readonly Layer[]): (Layer | undefined)[] {
  const consumers = consumersOf(layers);
  const places = new Map(layers.map((layer, place) => [layer, place]));
  const lastReader = layers.map((layer) =>
    Math.max(-1, ...(consumers.get(layer) ?? []).map((reader) => places.get(reader)!)),
  );
  return layers.map((_, index) => {
    const [only, ...others] = layers
      .slice(0, index)
      .filter((_, place) => lastReader[place]! >= index);
    // One that is called twice gives two tensors.
    return others.length === 0 && only?.inboundNodes.length === 1 ? only : undefined;
  });
}

/** The first layer is the input. */
function layerIndex(layers: readonly Layer[], fromLayer: string | number): number {
  const index =
    typeof fromLayer === 'number' ? fromLayer : layers.findIndex(({ name }) => name === fromLayer);
  if (index >= 1 && index < layers.length) return index;
  throw new Problem('base', msg('This base model has no such layer to fine-tune from.'), {
    cause: String(fromLayer),
  });
}
