import type { ListDropped } from '../photos/import/dropped-files.ts';

/** Files that arrived on a page: dropped or pasted. */
export interface ArrivedFiles {
  /** The files on their own; those in folders are only in `list`. */
  readonly files: readonly File[];
  readonly list: ListDropped;
}

/**
 * Files that were dropped on any page, or pasted, until the import takes them. A cancelable `arrive`
 * event with ArrivedFiles in `detail` lets a page take them first; a `change` event says that there
 * are files to import.
 */
class IncomingFiles extends EventTarget {
  #waiting: ListDropped[] = [];

  /** Hands files on. @returns whether they wait for the import */
  arrive(detail: ArrivedFiles): boolean {
    if (!this.dispatchEvent(new CustomEvent('arrive', { detail, cancelable: true }))) return false;
    this.queue(detail.list);
    return true;
  }

  /** Whether files wait for the import. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Lets files wait for the import that were chosen elsewhere. */
  queue(list: ListDropped): void {
    this.#waiting.push(list);
    this.dispatchEvent(new Event('change'));
  }

  /** All files that wait, which do not wait any more. */
  take(): ListDropped | undefined {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) this.dispatchEvent(new Event('change'));
    if (waiting.length < 2) return waiting[0];
    return async (control) => {
      const parts = await Promise.all(waiting.map((list) => list(control)));
      return {
        chosen: parts.flatMap(({ chosen }) => chosen),
        refused: parts.flatMap(({ refused }) => refused),
      };
    };
  }
}

/** The instance of this page. */
export const incomingFiles = new IncomingFiles();
