import { msg } from '../i18n/msg.ts';
import { Problem } from './problem.ts';

/** What a person may do to a training under way: pause it, let it go on, cancel it. */
export class RunControl {
  readonly #abort = new AbortController();
  readonly #onPause: (paused: boolean) => void;
  readonly #slice: number;
  /** When others had their turn last. */
  #yieldedAt = 0;
  #paused: Promise<void> | undefined;
  #resumePaused: (() => void) | undefined;

  /**
   * @param onPause told when the run has come to rest, and when it goes on
   * @param slice milliseconds that the run may take before others get a turn; a live frame takes its
   *   20 ms at each, so that a run of many short steps would wait more than it computes
   */
  constructor(onPause: (paused: boolean) => void = () => undefined, slice = 0) {
    this.#onPause = onPause;
    this.#slice = slice;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => (this.#resumePaused = resolve));
  }

  resume(): void {
    this.#resumePaused?.();
    this.#paused = undefined;
  }

  cancel(): void {
    this.#abort.abort();
    this.resume();
  }

  /**
   * A place where the run may be paused or cancelled; it lets messages and live frames in.
   *
   * @throws Problem `cancelled`
   */
  async yieldOrCancel(): Promise<void> {
    if (performance.now() - this.#yieldedAt >= this.#slice) {
      // A macrotask: a promise alone would let no message in.
      await new Promise((resolve) => setTimeout(resolve));
      this.#yieldedAt = performance.now();
    }
    while (this.#paused && !this.signal.aborted) {
      this.#onPause(true);
      await this.#paused;
      this.#onPause(false);
    }
    if (this.signal.aborted) throw new Problem('cancelled', msg('The training was cancelled.'));
  }
}
