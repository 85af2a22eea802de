import * as tf from '@tensorflow/tfjs-core';
import { TopologyError } from '../model-files/keras/keras-json.ts';
import type { FrozenList } from './frozen-list.ts';
import type { OperationList } from './plan/operation.ts';

/** Name of the tensor with the mean of an earlier layer, which no layer of a network has. */
const FURTHER = '/further';

/**
 * Adds the mean over the places of an earlier layer's map to what a network gives: it is then the one
 * tensor of `kept`.
 *
 * @param layer Keras name of the layer; undefined to add nothing
 * @throws TopologyError if no operation gives the output of that layer, such as one that is fused
 */
export function operationsWithFurther(
  list: OperationList,
  layer: string | undefined,
): OperationList {
  if (layer === undefined) return list;
  const operations = insertAfter(list.operations, layer, {
    ...{ kind: 'pool', inputs: [layer], output: FURTHER },
  });
  return { ...list, operations, kept: [FURTHER] };
}

/** As `operationsWithFurther`, before it is known what runs the network. */
export function listWithFurther(list: FrozenList, layer: string | undefined): FrozenList {
  if (layer === undefined) return list;
  try {
    const entries = insertAfter(list.entries, layer, {
      ...{ inputs: [layer], output: FURTHER, planned: 'pool' },
      run: ([map]) => tf.mean(map!, [1, 2]),
    });
    return { ...list, entries, kept: [FURTHER] };
  } catch (thrown) {
    list.dispose();
    throw thrown;
  }
}

function insertAfter<Entry extends { readonly output: string }>(
  entries: readonly Entry[],
  layer: string,
  added: NoInfer<Entry>,
): Entry[] {
  const index = entries.findIndex(({ output }) => output === layer);
  if (index < 0) throw new TopologyError(`No operation gives the output of ${layer}`);
  return [...entries.slice(0, index + 1), added, ...entries.slice(index + 1)];
}
