/**
 * For how long after urgent work other work still waits, in milliseconds: while an import decodes a
 * picture, the one before it must not let others begin.
 */
export const LINGER_MS = 100;

/** Gives interactive work priority over background work on the device. */
export class Precedence {
  #running = 0;
  #endedAt = -Infinity;
  readonly #waiting: (() => void)[] = [];

  /** Runs urgent work now. @throws what it throws */
  async goFirst<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#endedAt = performance.now();
      if (--this.#running === 0) for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  /** Resolves when no urgent work runs, and none has for a moment. */
  async whenFree(): Promise<void> {
    for (;;) {
      if (this.#running > 0) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
      const wait = this.#endedAt + LINGER_MS - performance.now();
      if (this.#running === 0 && wait <= 0) return;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Of the device of this worker. */
export const precedence = new Precedence();
