import { Coalesced } from '../platform/coalesced.ts';
import { safeLocalStorage } from '../platform/web-storage.ts';
import { onChange } from '../storage/changes.ts';
import { libraryFacts, type LibraryFacts } from '../storage/library.ts';

/**
 * Key of a second copy of the library's id and size in local storage, which survives when the
 * browser deletes the database.
 */
const SENTINEL = 'purrceptron-library';

/** Numbers of photos and models. */
export type LibraryCounts = Pick<LibraryFacts, 'photos' | 'models'>;

/**
 * Distinguishes a new library from one that the browser deleted: both are empty, but only the
 * second is a loss. A `change` event is fired when `lost` changes.
 */
class DataLossDetector extends EventTarget {
  /** The size of the lost library, until the user has acknowledged the loss. */
  lost: LibraryCounts | undefined;
  /** The library when this page, or an earlier one, last checked it. */
  #known: LibraryFacts | undefined;
  readonly #checking = new Coalesced(() => this.#check());

  /** Checks the library now and after each change. */
  start(): void {
    this.#known = readSentinel();
    const check = () => void this.check();
    onChange('photos', check);
    onChange('models', check);
    window.addEventListener('storage', (event) => {
      if (event.key !== SENTINEL || event.newValue === null) return;
      // Another tab has checked the library, or the user has acknowledged a loss there.
      this.#known = readSentinel();
      check();
    });
    check();
  }

  /**
   * Compares the library with its last known state. Never rejects: if the library does not open,
   * the pages report it.
   */
  check(): Promise<void> {
    return this.#checking.run();
  }

  /** Accepts the current library: the user knows of the loss, or has restored a backup. */
  acknowledge(): void {
    this.#known = undefined;
    void this.check();
  }

  async #check(): Promise<void> {
    const current = await libraryFacts().catch(() => undefined);
    if (current) this.#compare(current);
  }

  #compare(current: LibraryFacts): void {
    const before = this.#known;
    const isAnother = before !== undefined && before.id !== current.id;
    if (isAnother && before.photos + before.models > 0) {
      this.#setLost({ photos: before.photos, models: before.models });
      return;
    }
    this.#known = current;
    // If local storage is full or blocked, only this page knows the library, as long as it is open.
    safeLocalStorage.write(SENTINEL, JSON.stringify(current));
    this.#setLost(undefined);
  }

  #setLost(lost: LibraryCounts | undefined): void {
    if (lost?.photos === this.lost?.photos && lost?.models === this.lost?.models) return;
    this.lost = lost;
    this.dispatchEvent(new Event('change'));
  }
}

function readSentinel(): LibraryFacts | undefined {
  try {
    const facts = JSON.parse(safeLocalStorage.read(SENTINEL) ?? 'null') as LibraryFacts | null;
    const isValid =
      typeof facts?.id === 'string' &&
      Number.isSafeInteger(facts.photos) &&
      Number.isSafeInteger(facts.models);
    return isValid ? facts : undefined;
  } catch {
    // It is not JSON, so this app has not written it.
    return undefined;
  }
}

/** The instance of this page. */
export const dataLossDetector = new DataLossDetector();
