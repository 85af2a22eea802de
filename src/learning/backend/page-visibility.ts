/**
 * Whether the page is hidden, which a worker cannot see: the page tells it. While it is hidden,
 * computations that use more threads than necessary release them.
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
