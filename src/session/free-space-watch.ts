import { purgeDeletedPhotos } from '../photos/repository.ts';
import { onFull, type FullKind } from '../storage/storage-full.ts';
import { probeFreeSpace } from '../storage/probe-free-space.ts';

/** So often it is tried whether there is space again. */
const PROBE_EVERY_MS = 10_000;
/** Longer than Undo is offered. */
const UNDO_MS = 30_000;

/**
 * Whether the phone has room for more photos. A `change` event says that `full` is another: it goes by
 * itself once there is space.
 */
export class FreeSpaceWatch extends EventTarget {
  full: FullKind | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #probing: Promise<void> | undefined;

  constructor() {
    super();
    onFull((full) => this.#set(full));
    // The person may just have been away to make space.
    document.addEventListener('visibilitychange', () => {
      if (this.full && document.visibilityState === 'visible') void this.tryAgain();
    });
  }

  /** Frees what was deleted and cannot be asked back any more, and looks whether that is enough. */
  tryAgain(): Promise<void> {
    this.#probing ??= this.#probe().finally(() => (this.#probing = undefined));
    return this.#probing;
  }

  async #probe(): Promise<void> {
    try {
      await purgeDeletedPhotos(Date.now() - UNDO_MS);
    } catch (thrown) {
      // A disk may be too full even for that; whether it is, the probe says.
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

/** The page's one. */
export const freeSpaceWatch = new FreeSpaceWatch();
