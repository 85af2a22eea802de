/**
 * Whether the database takes long to open. A `change` event is fired when it begins to take long, and
 * when it has opened or failed.
 */
class SlowOpening extends EventTarget {
  isSlow = false;

  set(isSlow: boolean): void {
    if (isSlow === this.isSlow) return;
    this.isSlow = isSlow;
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this context. */
export const slowOpening = new SlowOpening();
