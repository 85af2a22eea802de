/** Calls an action at once, then at most once in each interval while more calls come. */
export class Throttle {
  readonly #action: () => void;
  readonly #wait: (then: () => void) => void;
  /** Whether an interval is running. */
  #isWaiting = false;
  #isDue = false;

  /** @param wait calls `then` after one interval */
  constructor(action: () => void, wait: (then: () => void) => void) {
    this.#action = action;
    this.#wait = wait;
  }

  /** Calls the action now, or at the end of the running interval. */
  call(): void {
    this.#isDue = true;
    if (!this.#isWaiting) this.#act();
  }

  /** Calls the action now if a call still waits for the end of the interval. */
  flush(): void {
    if (!this.#isDue) return;
    this.#isDue = false;
    this.#action();
  }

  #act(): void {
    this.#isWaiting = true;
    this.flush();
    this.#wait(() => {
      this.#isWaiting = false;
      if (this.#isDue) this.#act();
    });
  }
}
