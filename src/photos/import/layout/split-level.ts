import type { Split } from '../../../records/photo.ts';
import { kindOf } from './kinds.ts';
import { splitOf } from './split-words.ts';
import { isNumber, plain } from './words.ts';

/** A folder while its path is read from outside to inside. */
export interface Branch {
  /** The names that are not read yet. */
  parts: string[];
  readonly count: number;
  label?: string;
  split?: Split | undefined;
}

/** Folders by name at one level, with all folders below. */
type Level = ReadonlyMap<string, readonly Branch[]>;

/** A split whose names say nothing has few parts; more folders with the same names are classes. */
const MOST_UNNAMED = 5;
/** Folders that hold the same photos once more, in another form. */
const COPIES = /augment|resiz|origin|thumb|gr[ae]y|small|large|crop|process/;
const ORDER: readonly Split[] = ['train', 'validation', 'test'];

/**
 * Whether the folders of a level are splits: their names say so, or all of them hold folders of the
 * same names.
 */
export function isSplitLevel(names: Level): boolean {
  const known = [...names.keys()].filter((name) => splitOf(name)).length;
  if (known === names.size) return true;
  if ([...names.keys()].some((name) => kindOf(name))) return false;
  if (known > 1 && known > names.size - known) return true;
  return (known > 0 || names.size <= MOST_UNNAMED) && holdSameNames(names);
}

/** Whether each folder holds the same two or more names, which are neither numbers nor splits. */
function holdSameNames(names: Level): boolean {
  const held = [...names.values()].map((branches) => {
    const parts = new Set(
      branches.flatMap(({ parts }) => (parts[1] === undefined ? [] : [plain(parts[1])])),
    );
    return [...parts].sort();
  });
  const [first = []] = held;
  const isSame = held.every((parts) => parts.join('/') === first.join('/'));
  return isSame && first.length > 1 && !first.some((part) => isNumber(part) || splitOf(part));
}

/**
 * The split that each folder stands for: by its name; of names that say nothing, the largest folder
 * is for training. Undefined where there are more folders than splits.
 */
export function splitsOf(names: Level): Map<string, Split | undefined> {
  const splits = new Map([...names.keys()].map((name) => [name, splitOf(name)]));
  const sizeOf = (name: string) => names.get(name)!.reduce((sum, { count }) => sum + count, 0);
  const unnamed = [...names.keys()]
    .filter((name) => !splits.get(name) && names.get(name)!.some(({ parts }) => parts.length > 1))
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1));
  const used = new Set(splits.values());
  const free = ORDER.filter((split) => !used.has(split));
  // Copies of the same photos are no splits to learn from and to test with.
  if (unnamed.length > free.length || unnamed.some((name) => COPIES.test(name))) return splits;
  // Two parts are what a model learns from and what it is tested with.
  const given = names.size === 2 ? free.filter((split) => split !== 'validation') : free;
  unnamed.forEach((name, index) => splits.set(name, given[index]));
  return splits;
}
