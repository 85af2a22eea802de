import { safeLocalStorage } from '../platform/web-storage.ts';
import { onChange } from '../storage/changes.ts';
import { libraryFacts, type LibraryFacts } from '../storage/library.ts';

/** Where the library's id and its size stand a second time: local storage outlives the database. */
const SENTINEL = 'purrceptron-library';

/** What a person has here. */
export type LibraryCounts = Pick<LibraryFacts, 'photos' | 'models'>;

/**
 * Tells a library that is new from one that the browser wiped: both are empty, and only one of them
 * is a loss. A `change` event says that `lost` is another.
 */
export class DataLossDetector extends EventTarget {
  /** What was here before the browser cleared it, until the person has acknowledged it. */
  lost: LibraryCounts | undefined;
  /** The library as this page, or one before it, last saw it. */
  #known: LibraryFacts | undefined;
  #looking: Promise<void> | undefined;
  #again = false;

  /** Looks now, and after each change. */
  start(): void {
    this.#known = readSentinel();
    const look = () => void this.look();
    onChange('photos', look);
    onChange('models', look);
    window.addEventListener('storage', (event) => {
      if (event.key !== SENTINEL || event.newValue === null) return;
      // Another tab has counted anew, or the person has acknowledged a loss there.
      this.#known = readSentinel();
      look();
    });
    look();
  }

  /** Compares the library with what it was. Never rejects: a library that is shut says so itself. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** The person knows of the loss, or has brought back what was lost: what is here now counts. */
  acknowledge(): void {
    this.#known = undefined;
    void this.look();
  }

  async #look(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const here = await libraryFacts().catch(() => undefined);
      if (here) this.#compare(here);
    }
  }

  #compare(here: LibraryFacts): void {
    const before = this.#known;
    const isAnother = before !== undefined && before.id !== here.id;
    if (isAnother && before.photos + before.models > 0) {
      this.#say({ photos: before.photos, models: before.models });
      return;
    }
    this.#known = here;
    // If local storage is full or blocked, this page still knows as long as it is open.
    safeLocalStorage.write(SENTINEL, JSON.stringify(here));
    this.#say(undefined);
  }

  #say(lost: LibraryCounts | undefined): void {
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
    // Not JSON, so this app did not write it.
    return undefined;
  }
}

/** The page's one. */
export const libraryWatch = new DataLossDetector();
