import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import { frozenList, type FrozenList } from './frozen-list.ts';
import { FrozenNetwork, type Step } from './frozen-network.ts';
import { fusedConvolution, type Convolution } from './fused-convolution.ts';
import type { Operation, OperationList } from './plan/operation.ts';
import { listWithFurther } from './list-with-further.ts';

/**
 * Turns a LayersModel into a FrozenNetwork, which TensorFlow.js runs.
 *
 * @param model has one input and one output; its weights are disposed, except those that the frozen
 *   network uses, and all of them if this throws
 * @param further Keras name of an earlier layer, whose mean the network then gives too
 */
export function freezeLayers(model: LayersModel, further?: string): FrozenNetwork {
  return frozenNetwork(listWithFurther(frozenList(model), further));
}

/** The network that TensorFlow.js runs. @param list belongs to the network from now on */
export function frozenNetwork(list: FrozenList): FrozenNetwork {
  try {
    return disposeIfThrown((keep) => {
      const packed: tf.Tensor[] = [];
      const steps = list.entries.map(({ inputs, output, planned, run }): Step => {
        if (run) return { inputs, output, run };
        const convolution = fusedConvolution(planned as Convolution);
        packed.push(...convolution.weights.map(keep));
        return { inputs, output, run: convolution.run };
      });
      const dispose = () => {
        tf.dispose(packed);
        list.dispose();
      };
      return new FrozenNetwork(list.input, list.output, steps, dispose, list.kept);
    });
  } catch (thrown) {
    list.dispose();
    throw thrown;
  }
}

/**
 * The same as plain data, for `compilePlan`; undefined if it has an operation that no plan
 * expresses. The weights are read from the backend.
 */
export async function operationList({
  input,
  output,
  kept,
  entries,
}: FrozenList): Promise<OperationList | undefined> {
  if (entries.some(({ planned }) => planned === undefined)) return undefined;
  const operations: Operation[] = [];
  for (const { planned, inputs, output } of entries) {
    const tensors = { inputs, output };
    if (typeof planned === 'string') operations.push({ kind: planned, ...tensors });
    else {
      const { filter, bias, ...options } = planned!;
      operations.push({
        ...{ kind: 'convolution', ...tensors, ...options },
        ...{ filter: await filter.data<'float32'>(), bias: await bias.data<'float32'>() },
        filterShape: filter.shape,
      });
    }
  }
  return { input, output, ...(kept && { kept }), operations };
}
