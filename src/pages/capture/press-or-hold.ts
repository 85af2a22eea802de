/** A press that lasts this long is a hold. */
export const HOLD_MS = 350;

/** Distinguishes a press from a hold, of a finger or a key. */
export class PressOrHold {
  readonly #onHold: () => void;
  readonly #onRelease: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held = false;

  /**
   * @param onHold called when a press becomes a hold
   * @param onRelease called when a hold ends
   */
  constructor(onHold: () => void, onRelease: () => void) {
    this.#onHold = onHold;
    this.#onRelease = onRelease;
  }

  /** Call it when the finger or the key goes down. */
  down(): void {
    this.up();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#held = true;
      this.#onHold();
    }, HOLD_MS);
  }

  /** Call it when the finger or the key goes up. @returns whether it was a press, not a hold */
  up(): boolean {
    const pressed = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held) {
      this.#held = false;
      this.#onRelease();
    }
    return pressed;
  }
}
