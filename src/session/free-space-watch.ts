import { purgeDeletedPhotos } from '../photos/repository.ts';
import { Coalesced } from '../platform/coalesced.ts';
import { RESTORABLE_WHEN_FULL_MS } from '../platform/undo-time.ts';
import { knownFull, onFull, type FullKind } from '../storage/storage-full.ts';
import { probeFreeSpace } from '../storage/probe-free-space.ts';

/** Interval between two probes while the storage is full. */
const PROBE_EVERY_MS = 10_000;

/**
 * Watches whether there is free space for more photos. `full` is set when a write fails and is
 * cleared when a probe finds free space; a `change` event is fired then.
 */
class FreeSpaceWatch extends EventTarget {
  /** What is full; undefined while there is free space. */
  full: FullKind | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #probing = new Coalesced(() => this.#probe());

  constructor() {
    super();
    onFull((full) => this.#set(full));
    this.#set(knownFull());
    // The user may have left the app to free some space.
    document.addEventListener('visibilitychange', () => {
      if (this.full && document.visibilityState === 'visible') void this.tryAgain();
    });
  }

  /** Purges deleted photos that can no longer be restored, and probes the free space. */
  tryAgain(): Promise<void> {
    return this.#probing.run();
  }

  async #probe(): Promise<void> {
    try {
      await purgeDeletedPhotos(Date.now() - RESTORABLE_WHEN_FULL_MS);
    } catch (thrown) {
      // The disk may be too full even for that; the probe finds out.
      console.warn('Deleted photos could not be freed.', thrown);
    }
    try {
      this.#set(await probeFreeSpace());
    } catch (thrown) {
      console.warn('It is not known whether there is space.', thrown);
    }
  }

  #set(full: FullKind | undefined): void {
    if (full === this.full) return;
    this.full = full;
    clearInterval(this.#timer);
    if (full) this.#timer = setInterval(() => void this.tryAgain(), PROBE_EVERY_MS);
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const freeSpaceWatch = new FreeSpaceWatch();
