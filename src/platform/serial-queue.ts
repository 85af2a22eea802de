/** Runs tasks one after another, in the order of the calls. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs a task when every earlier one has ended, even if an earlier one failed.
   *
   * @returns the result of the task
   * @throws what the task throws
   */
  run<Result>(task: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when every task so far has ended; never rejects. */
  async whenIdle(): Promise<void> {
    await this.#last;
  }
}
