import type * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { TopologyError } from '../model-files/keras/keras-json.ts';
import { listTopology } from './list-topology.ts';
import { operationsWithFurther } from './with-further.ts';
import type { Network, NetworkBackend, NetworkSpec } from './network.ts';
import { loadExecutor, runPlan } from './run-plan.ts';

/**
 * Builds a base. The code for each format is imported only when a base needs it, and TensorFlow.js
 * only for a base that is no plan.
 *
 * @param inputSize side of the input in pixels
 * @throws Problem `base` when no backend can build it, `backend` when this one cannot
 */
export async function loadNetwork(
  spec: NetworkSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  backend: NetworkBackend,
): Promise<Network> {
  try {
    const planned = await loadPlan(spec, artifacts, inputSize, backend);
    if (planned) return planned;
    const { loadWithTensors } = await import('./load-with-tensors.ts');
    return await loadWithTensors(spec, artifacts, inputSize, backend);
  } catch (thrown) {
    const kind = thrown instanceof TopologyError ? 'base' : 'backend';
    throw new Problem(kind, msg(str`“${spec.name}” cannot be built here.`), { cause: thrown });
  }
}

/** Undefined if no plan expresses the base or none can run here. */
async function loadPlan(
  spec: NetworkSpec,
  artifacts: tf.io.ModelArtifacts,
  inputSize: number,
  backend: NetworkBackend,
): Promise<Network | undefined> {
  if (!backend.plans || spec.format === 'graph-model') return undefined;
  // The kernels compile while this thread reads the weights.
  await loadExecutor(backend.plans === 'wasm' ? 'wasm' : 'webgpu');
  const list = listTopology(artifacts, inputSize);
  const operations = list && operationsWithFurther(list, spec.further?.layer);
  const planned = operations && (await runPlan(operations, spec, inputSize, backend));
  if (!planned) return undefined;
  const describeLayers = async () => {
    const { describeBase } = await import('./load-with-tensors.ts');
    return describeBase(artifacts, inputSize, backend);
  };
  return { ...planned, describeLayers };
}
