import { msg } from '../i18n/msg.ts';
import { Problem } from './problem.ts';

interface RunOptions {
  /** Called with true when the run has paused, and with false when it resumes. */
  readonly onPause?: (paused: boolean) => void;
  /**
   * How long the run may compute before it yields, in milliseconds; 0 by default. A live frame takes
   * 20 ms at each yield, so a run of many short steps would wait longer than it computes.
   */
  readonly sliceMs?: number;
  /** Says that the run was cancelled; by default, that it was a training. */
  readonly cancelled?: () => string;
}

/** Pauses, resumes and cancels a run, such as a training, and lets it yield to the event loop. */
export class RunControl {
  readonly #abort = new AbortController();
  readonly #options: RunOptions;
  /** Time of the last yield, on the clock of `performance.now()`. */
  #yieldedAt = 0;
  #paused: Promise<void> | undefined;
  #resumePaused: (() => void) | undefined;

  constructor(options: RunOptions = {}) {
    this.#options = options;
  }

  /** Aborted by `cancel`. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Makes the next `yieldOrCancel` wait until `resume` or `cancel` is called. */
  pause(): void {
    this.#paused ??= new Promise((resolve) => (this.#resumePaused = resolve));
  }

  resume(): void {
    this.#resumePaused?.();
    this.#paused = undefined;
  }

  /** Makes the next `yieldOrCancel` throw, also where the run is paused. */
  cancel(): void {
    this.#abort.abort();
    this.resume();
  }

  /**
   * Yields to the event loop, so that messages and live frames are processed, and waits while the
   * run is paused.
   *
   * @throws Problem `cancelled` after `cancel` was called
   */
  async yieldOrCancel(): Promise<void> {
    const { sliceMs = 0, onPause, cancelled = trainingCancelled } = this.#options;
    if (performance.now() - this.#yieldedAt >= sliceMs) {
      // A macrotask, because no message is processed between microtasks.
      await new Promise((resolve) => setTimeout(resolve));
      this.#yieldedAt = performance.now();
    }
    while (this.#paused && !this.signal.aborted) {
      onPause?.(true);
      await this.#paused;
      onPause?.(false);
    }
    if (this.signal.aborted) throw new Problem('cancelled', cancelled());
  }
}

function trainingCancelled(): string {
  return msg('The training was cancelled.');
}
