import { isGpuThere } from '../backend/gpu-adapter.ts';
import { readAhead } from '../bases/base-files.ts';
import { loadExecutor } from '../network/run-plan.ts';

/**
 * Begins to read a base and, where there is no GPU to prefer, to load the wasm executor, before the
 * page asks for the engine. It never rejects: what fails here fails again where it is needed.
 */
export async function loadAhead(): Promise<void> {
  void readAhead();
  if (await isGpuThere()) return;
  await loadExecutor('wasm');
}
