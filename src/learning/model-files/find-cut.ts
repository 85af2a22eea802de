import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { canLearn } from './can-learn.ts';
import { consumersOf, type Layer } from './layer-graph.ts';

/** Where a network is split into a frozen part and a tail for fine-tuning. */
export interface Cut {
  /** Index in `model.layers` of the first layer that is trained. */
  readonly from: number;
  /**
   * Index of the first layer after the cut. The layers from there to `from` run in the tail,
   * frozen.
   */
  readonly index: number;
  /** The layer before the cut whose output is the only tensor that the tail reads. */
  readonly boundary: Layer;
}

/**
 * Finds the cut for fine-tuning from a layer on: the last position at or before that layer where a
 * single tensor connects both parts, so that one tensor per photo is stored.
 *
 * @param fromLayer the first layer to train, by Keras's name or by index in `model.layers`
 * @throws Problem `base` when there is no such layer or no such position, or a layer after it is
 *   not trainable (see `canLearn`)
 */
export function findCut(model: LayersModel, fromLayer: string | number): Cut {
  const { layers } = model;
  const from = layerIndex(layers, fromLayer);
  const boundaries = boundariesOf(layers);
  const index = boundaries.slice(0, from + 1).findLastIndex((boundary) => boundary !== undefined);
  if (index < 0) throw new Problem('base', msg('This base model cannot be split for fine-tuning.'));
  const unsupported = layers.slice(index).find((layer) => !canLearn(layer));
  if (unsupported) {
    throw new Problem('base', msg('This base model cannot be fine-tuned from there.'), {
      cause: `${unsupported.name} (${unsupported.getClassName()})`,
    });
  }
  return { from, index, boundary: boundaries[index]! };
}

/**
 * The first layer from which a base can be fine-tuned: `findCut` finds a cut for it and for every
 * layer after it.
 *
 * @returns the layer's name; undefined if the base cannot be fine-tuned
 */
export function fineTuneFrom({ layers }: LayersModel): string | undefined {
  const lastUnsupported = layers.findLastIndex((layer) => !canLearn(layer));
  const index = boundariesOf(layers).findIndex((boundary, i) => boundary && i > lastUnsupported);
  if (index < 0) return undefined;
  return layers.slice(index).find(({ weights }) => weights.length > 0)?.name;
}

/**
 * For each index, the only earlier layer whose output is read by the layer at this index or a later
 * one; undefined if there are several.
 */
function boundariesOf(layers: readonly Layer[]): (Layer | undefined)[] {
  const consumers = consumersOf(layers);
  const indices = new Map(layers.map((layer, index) => [layer, index]));
  const lastReader = layers.map((layer) =>
    Math.max(-1, ...(consumers.get(layer) ?? []).map((reader) => indices.get(reader)!)),
  );
  return layers.map((_, index) => {
    const [only, ...others] = layers
      .slice(0, index)
      .filter((_, earlier) => lastReader[earlier]! >= index);
    // A layer that is called twice has two output tensors.
    return others.length === 0 && only?.inboundNodes.length === 1 ? only : undefined;
  });
}

/** The index of a layer to train from, at least 1: layer 0 is the input. */
function layerIndex(layers: readonly Layer[], fromLayer: string | number): number {
  const index =
    typeof fromLayer === 'number' ? fromLayer : layers.findIndex(({ name }) => name === fromLayer);
  if (index >= 1 && index < layers.length) return index;
  throw new Problem('base', msg('This base model has no such layer to fine-tune from.'), {
    cause: String(fromLayer),
  });
}
