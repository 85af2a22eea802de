import { TopologyError } from '../model-files/keras/keras-json.ts';
import type { OperationList } from './plan/operation.ts';

/** Name of the tensor with the mean of an earlier layer, which no layer of a network has. */
export const FURTHER = '/further';

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

/** Inserts an entry after the one that gives the output of a layer. @throws TopologyError if none does */
export function insertAfter<Entry extends { readonly output: string }>(
  entries: readonly Entry[],
  layer: string,
  added: NoInfer<Entry>,
): Entry[] {
  const index = entries.findIndex(({ output }) => output === layer);
  if (index < 0) throw new TopologyError(`No operation gives the output of ${layer}`);
  return [...entries.slice(0, index + 1), added, ...entries.slice(index + 1)];
}
