/**
 * Runs a task on demand, never twice at a time. Any number of calls during a run cause only one more
 * run, which starts when that run ends.
 */
export class Coalesced {
  readonly #task: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isStale = false;

  constructor(task: () => Promise<void>) {
    this.#task = task;
  }

  /**
   * Resolves when a run has ended that began after this call.
   *
   * @throws what the last run threw
   */
  run(): Promise<void> {
    this.#isStale = true;
    // In a microtask of its own, so that `#running` is set before the task can call `run`.
    this.#running ??= Promise.resolve().then(() => this.#runUntilFresh());
    return this.#running;
  }

  async #runUntilFresh(): Promise<void> {
    let failure: { readonly thrown: unknown } | undefined;
    while (this.#isStale) {
      this.#isStale = false;
      failure = undefined;
      try {
        await this.#task();
      } catch (thrown) {
        failure = { thrown };
      }
    }
    // Cleared in the same step as the last look at `#isStale`: a later call starts a new run.
    this.#running = undefined;
    if (failure) throw failure.thrown;
  }
}
