/**
 * Local or session storage whose methods never throw. Where site data is blocked, even reading the
 * global `localStorage` throws a SecurityError; a write throws a QuotaExceededError where the
 * storage is full.
 */
class SafeStorage {
  readonly #open: () => Storage;

  /** @param open gives the storage; it is called at each access, and may throw */
  constructor(open: () => Storage) {
    this.#open = open;
  }

  /** The value of a key, or undefined where it is not set or the storage is blocked. */
  read(key: string): string | undefined {
    try {
      return this.#open().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Whether site data is blocked. */
  isBlocked(): boolean {
    try {
      this.#open();
      return false;
    } catch {
      return true;
    }
  }

  /** @returns whether the value is stored: false where the storage is blocked or full */
  write(key: string, value: string): boolean {
    try {
      this.#open().setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }

  /** @returns whether the key is gone: false where the storage is blocked */
  remove(key: string): boolean {
    try {
      this.#open().removeItem(key);
      return true;
    } catch {
      return false;
    }
  }
}

/** Lasts until the site data are deleted; all tabs share it. */
export const safeLocalStorage = new SafeStorage(() => localStorage);

/** Lasts as long as the tab; each tab has its own. */
export const safeSessionStorage = new SafeStorage(() => sessionStorage);
