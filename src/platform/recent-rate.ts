/** The rate is that of about this time, in milliseconds. */
const WINDOW_MS = 10_000;
/** Shortest time between two marks, in milliseconds. */
const MARK_MS = 1_000;

/** How fast a count grows: what was long ago, or was quickly passed over at first, does not count. */
export class RecentRate {
  #marks = [{ at: 0, count: 0 }];

  /**
   * Notes a count.
   *
   * @param at time of work, in milliseconds since the count was 0; never less than before
   * @param count never less than before
   */
  note(at: number, count: number): void {
    if (at - this.#marks.at(-1)!.at < MARK_MS) return;
    this.#marks.push({ at, count });
    const start = this.#marks.findLastIndex((mark) => mark.at <= at - WINDOW_MS);
    this.#marks.splice(0, start);
  }

  /** Steps per second until `at`, when the count is `count`; undefined while there is none. */
  perSecond(at: number, count: number): number | undefined {
    const [first] = this.#marks;
    const seconds = (at - first!.at) / 1000;
    const steps = count - first!.count;
    return steps > 0 && seconds > 0 ? steps / seconds : undefined;
  }
}
