/**
 * Whether the page is hidden, which a worker cannot see: the page tells it. What computes faster
 * than it must gives its threads back meanwhile.
 */
class PageVisibility extends EventTarget {
  #isHidden = false;

  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** Fires `change` if it differs. */
  set isHidden(isHidden: boolean) {
    if (isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    this.dispatchEvent(new Event('change'));
  }
}

export const pageVisibility = new PageVisibility();
