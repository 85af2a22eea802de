/** From a press to a burst; a tap is shorter. */
export const HOLD_MS = 350;

/** Tells a press from a hold, of a finger or of a key. */
export class PressOrHold {
  readonly #onHold: () => void;
  readonly #onLetGo: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held = false;

  /**
   * @param onHold it lasts: this was no tap
   * @param onLetGo what was held is held no longer
   */
  constructor(onHold: () => void, onLetGo: () => void) {
    this.#onHold = onHold;
    this.#onLetGo = onLetGo;
  }

  down(): void {
    this.up();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#held = true;
      this.#onHold();
    }, HOLD_MS);
  }

  /** Gives whether it was a press; the end of a hold, or of nothing, is none. */
  up(): boolean {
    const pressed = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held) {
      this.#held = false;
      this.#onLetGo();
    }
    return pressed;
  }
}
