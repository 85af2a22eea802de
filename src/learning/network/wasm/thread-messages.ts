import { help } from './shared-units.ts';
import type { PlanInMemory } from '../plan/plan.ts';
import { prepareOperations } from './run-units.ts';

/** What a helper thread needs to start. */
export interface StartHelper {
  readonly plan: PlanInMemory;
  /** Shared by all threads. */
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** Index among the helpers, from 0. */
  readonly helper: number;
}

/** A thread that helps an executor. */
export interface HelperThread {
  /** Resolves when it helps; rejects if it does not start. */
  readonly ready: Promise<void>;
  end(): void;
}

/** Starts a helper thread. @throws if the browser refuses */
export type StartThread = (start: StartHelper) => HelperThread;

/**
 * Prepares a helper thread, says that it is ready, and helps until the thread is ended.
 *
 * @param onReady called before the thread blocks
 */
export function runHelper(
  { plan, memory, module, helper }: StartHelper,
  onReady: () => void,
): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  // The first scratch memory is the leader's.
  const scratch = plan.scratch + (helper + 1) * plan.scratchBytes;
  const steps = prepareOperations({ plan, memory, exports, scratch });
  onReady();
  help(memory, helper, (operation, unit, picture) => {
    steps[operation]!.run(unit, picture);
  });
}
