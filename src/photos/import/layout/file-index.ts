import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { stemOf } from './file-type.ts';

/** The label that a list gives to one file. */
export interface FileLabel {
  /** A path, a file name, or a file name without its ending. */
  readonly name: string;
  readonly label: string;
  readonly side?: Split;
}

/** Finds the file that a list of labels names, by the end of its path. */
export class FileIndex {
  /** Undefined where a name belongs to several files. */
  readonly #files = new Map<string, number | undefined>();

  constructor(paths: readonly string[], indices: Iterable<number>) {
    for (const index of indices) {
      const parts = pathParts(paths[index]!);
      for (let start = 0; start < parts.length; start++) {
        const end = key(parts.slice(start));
        for (const name of new Set([end, stemOf(end)])) {
          this.#files.set(name, this.#files.has(name) ? undefined : index);
        }
      }
    }
  }

  /** The index of the only file of that name; undefined if there is none, or more than one. */
  find(name: string): number | undefined {
    const parts = pathParts(withoutAddress(name));
    // A list made on another computer has folders that are not here.
    for (let start = 0; start < parts.length; start++) {
      const found = this.#files.get(key(parts.slice(start)));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The path of an address: "a b.jpg" of "https://example.org/a%20b.jpg?x=1". */
function withoutAddress(name: string): string {
  const address = /[a-z][\w+.-]+:\/\/[^]*/i.exec(name)?.[0];
  if (address === undefined) return name;
  const path = address.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function key(parts: readonly string[]): string {
  return parts.join('/').normalize('NFC').toLowerCase();
}
