/** How long an answer must be stable before it is announced, so that flicker is not. */
const STABLE_MS = 1_000;

/** Chooses which of the quickly changing answers a screen reader announces. */
export class SpokenAnswer {
  /** The answer to announce; empty before the first stable one. */
  spoken = '';
  #candidate = '';
  #since = 0;

  /**
   * Takes the newest answer.
   *
   * @param time milliseconds of a monotonic clock
   * @returns the answer to announce now
   */
  update(answer: string, time: number): string {
    if (answer !== this.#candidate) {
      this.#candidate = answer;
      this.#since = time;
    }
    if (time - this.#since >= STABLE_MS) this.spoken = answer;
    return this.spoken;
  }
}
