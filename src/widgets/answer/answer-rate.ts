const WINDOW_MS = 1_000;

/** Counts events in the last second. Times are milliseconds of a monotonic clock. */
export class AnswerRate {
  #times: number[] = [];

  add(time: number): void {
    this.#times.push(time);
  }

  /** Number of events in the second up to `time`. */
  at(time: number): number {
    this.#times = this.#times.filter((past) => time - past <= WINDOW_MS);
    return this.#times.length;
  }
}
