/** An answer is spoken once it has stood for so long, so that a flicker is not. */
const STEADY_MS = 1_000;

/** Chooses which of the quickly changing answers a screen reader is told. */
export class SpokenAnswer {
  /** What was told last. */
  spoken = '';
  #candidate = '';
  #since = 0;

  /** @param time milliseconds of a rising clock; gives what is to be told now */
  hear(answer: string, time: number): string {
    if (answer !== this.#candidate) {
      this.#candidate = answer;
      this.#since = time;
    }
    if (time - this.#since >= STEADY_MS) this.spoken = answer;
    return this.spoken;
  }
}
