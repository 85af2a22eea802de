import { pathParts } from './ignored-path.ts';

/** Folders of data sets that name a side of the split, not a class. */
const SPLIT_FOLDERS = new Set(['train', 'training', 'val', 'valid', 'validation', 'test']);

/**
 * The labels that files get from their folders: `pets/train/cat/7.jpg` gets `cat`. A folder that
 * contains all files gives no label, unless there are no other folders.
 *
 * @returns one label per path; undefined if no folder labels the file
 */
export function folderLabels(paths: readonly string[]): (string | undefined)[] {
  const folders = paths.map((path) => pathParts(path).slice(0, -1));
  const shared = sharedLength(folders);
  if (folders.every((parts) => parts.length === shared)) {
    const only = folders[0]?.at(-1);
    return folders.map(() => (only !== undefined && isSplitFolder(only) ? undefined : only));
  }
  return folders.map((parts) => {
    const [first, second] = parts.slice(shared);
    return first !== undefined && isSplitFolder(first) ? second : first;
  });
}

function isSplitFolder(name: string): boolean {
  return SPLIT_FOLDERS.has(name.toLowerCase());
}

/** The number of leading folders that all paths share. */
function sharedLength(folders: readonly (readonly string[])[]): number {
  const [first = [], ...others] = folders;
  let length = 0;
  while (length < first.length && others.every((parts) => parts[length] === first[length])) {
    length++;
  }
  return length;
}
