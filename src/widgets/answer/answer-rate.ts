const WINDOW_MS = 1_000;

/** Counts events over the last second. Times are milliseconds of one clock, rising. */
export class AnswerRate {
  #times: number[] = [];

  add(time: number): void {
    this.#times.push(time);
  }

  /** Events a second up to `time`, whole. */
  at(time: number): number {
    this.#times = this.#times.filter((past) => time - past <= WINDOW_MS);
    return this.#times.length;
  }
}
