import * as tf from '@tensorflow/tfjs-core';
import type { FrozenList } from './frozen-list.ts';
import { FURTHER, insertAfter } from './with-further.ts';

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
