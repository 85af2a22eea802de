import { isGpuThere } from '../backend/gpu-adapter.ts';
import { readAhead } from '../bases/base-files.ts';
import { loadExecutor } from '../network/run-plan.ts';

/**
 * Loads the code of the wasm executor where there is no GPU to prefer, before the
 * page asks for the engine. It never rejects: what fails here fails again where it is needed.
 */
export async function loadAhead(): Promise<void> {
  void readAhead();
  if (await isGpuThere()) return;
  await loadExecutor('wasm');
}
