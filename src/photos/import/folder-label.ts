import { pathParts } from './ignored-path.ts';

/** Folders of data sets that say what a photo is for, not what it shows. */
const SPLIT_FOLDERS = new Set(['train', 'training', 'val', 'valid', 'validation', 'test']);

/**
 * What the folders of a set of files say that they show: of `pets/train/cat/7.jpg` among others of
 * `pets/`, `cat`. The folders that all files share say nothing, unless they are all there is.
 *
 * @returns a label a path; undefined where the file lies in no folder of its own
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

/** How many folders all paths begin with. */
function sharedLength(folders: readonly (readonly string[])[]): number {
  const [first = [], ...others] = folders;
  let length = 0;
  while (length < first.length && others.every((parts) => parts[length] === first[length])) {
    length++;
  }
  return length;
}
