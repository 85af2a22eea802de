import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { mapInSteps, type Steps } from '../../../platform/in-steps.ts';
import { fileType, stemOf } from './file-type.ts';
import { parseSplitName } from './split-words.ts';
import { isNumber, withoutZeros } from './words.ts';

/** The label that a list gives to one file. */
export interface FileLabel {
  /** A path, a file name, or a file name without its ending. */
  readonly name: string;
  readonly label: string;
  readonly split?: Split;
}

/** Up to this many files of one name may belong to different splits. */
const MOST_SPLITS = 6;

/**
 * Finds files that lists of labels name.
 *
 * @param indices of the files in `paths`
 */
export function* indexFiles(
  paths: readonly string[],
  indices: readonly number[],
): Steps<FileIndex> {
  const index = new FileIndex(paths);
  yield* mapInSteps(indices, (each) => index.add(each));
  return index;
}

/** Finds the file that a list of labels names, by the end of its path. */
class FileIndex {
  readonly #paths: readonly string[];
  readonly #files = new Map<string, number[]>();
  /** Files whose names are numbers, by these. */
  readonly #numbered = new Map<string, number[]>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  add(index: number): void {
    const parts = pathParts(this.#paths[index]!);
    for (let start = 0; start < parts.length; start++) {
      const end = key(parts.slice(start));
      for (const name of new Set([end, stemOf(end)])) add(this.#files, name, index);
    }
    const stem = stemOf(parts.at(-1) ?? '');
    if (isNumber(stem)) add(this.#numbered, withoutZeros(stem), index);
  }

  /**
   * The index of the only file of that name; undefined if there is none, or more than one.
   *
   * @param split that the list is about: of files of the same name, that of this split is meant
   */
  find(name: string, split?: Split): number | undefined {
    const parts = pathParts(withoutAddress(name));
    // A list made on another computer has folders that are not here.
    for (let start = 0; start < parts.length; start++) {
      const end = key(parts.slice(start));
      const found = this.#only(this.#files.get(end), split);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * As `find`, of a list that was changed since: a spreadsheet takes the zeros from "0012", and
   * pictures are saved in another format.
   */
  findChanged(name: string, split?: Split): number | undefined {
    const last = pathParts(withoutAddress(name)).at(-1) ?? '';
    const stem = fileType(last) === 'picture' ? stemOf(last) : last;
    const found = this.#only(this.#files.get(key([stem])), split);
    return found ?? this.#only(this.#numbered.get(withoutZeros(stem)), split);
  }

  #only(indices: readonly number[] = [], split: Split = 'train'): number | undefined {
    if (indices.length < 2) return indices[0];
    if (indices.length > MOST_SPLITS) return undefined;
    const ofSplit = indices.filter((index) =>
      pathParts(this.#paths[index]!)
        .slice(0, -1)
        .some((part) => parseSplitName(part)?.split === split),
    );
    return ofSplit.length === 1 ? ofSplit[0] : undefined;
  }
}

function add(map: Map<string, number[]>, name: string, index: number): void {
  const same = map.get(name);
  if (same) same.push(index);
  else map.set(name, [index]);
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
