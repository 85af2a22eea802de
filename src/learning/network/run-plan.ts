import type { BaseSpec } from '../../records/base-spec.ts';
import type { BackendName } from '../../records/engine.ts';
import type { Network, NetworkBackend } from './network.ts';
import type { OperationList } from './plan/operation.ts';

/**
 * Loads the code of a backend's executor, which a base is likely to need next, and lets its kernels
 * compile beside this thread. It never rejects: what fails here fails again where it is needed.
 */
export async function loadExecutor(backend: BackendName): Promise<void> {
  try {
    if (backend === 'webgpu') await import('./gpu-network.ts');
    if (backend !== 'wasm') return;
    // Both at once: they are in files of their own, and the first imports the second.
    const [{ compileKernels }] = await Promise.all([
      import('./planned-network.ts'),
      import('./wasm/run-units.ts'),
    ]);
    void compileKernels();
  } catch {
    return;
  }
}

/** Runs operations as a plan; undefined if no plan expresses them or none can run here. */
export async function runPlan(
  operations: OperationList,
  spec: Pick<BaseSpec, 'preprocessing' | 'inputRange'>,
  inputSize: number,
  { plans }: NetworkBackend,
): Promise<Network | undefined> {
  if (!plans) return undefined;
  if (plans === 'wasm') {
    const { runPlanned } = await import('./planned-network.ts');
    return runPlanned(operations, spec, inputSize);
  }
  const { runOnGpu } = await import('./gpu-network.ts');
  return runOnGpu(plans, operations, spec, inputSize);
}
