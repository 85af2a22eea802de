import type { Split } from '../../../records/photo.ts';
import { isDate, isPhotosLibrary, saysNothing, withoutCode } from './folder-names.ts';
import { kindOf } from './kinds.ts';
import { parseSplitName, splitOf } from './split-words.ts';
import { isSplitLevel, splitsOf, type Branch } from './split-level.ts';
import { isNumber, plain, wordsOf } from './words.ts';

/** A folder with pictures directly in it. */
export interface PictureFolder {
  /** Names from the outermost folder to this one; empty for files in no folder. */
  readonly parts: readonly string[];
  /** Number of pictures directly in it. */
  readonly count: number;
}

export interface FolderMeaning {
  readonly label?: string;
  readonly split?: Split;
}

/**
 * What the folders of a data set mean: around all there may be folders that mean nothing; a level
 * whose folders hold the same names is a split; the first level below is the labels.
 *
 * @returns one per folder
 */
export function folderLabels(folders: readonly PictureFolder[]): FolderMeaning[] {
  const branches = folders.map(({ parts, count }): Branch => ({ parts: telling(parts), count }));
  while (readLevel(branches));
  return branches.map(({ label, split }) => ({
    ...(label !== undefined && { label: withoutCode(label) }),
    ...(split && { split }),
  }));
}

/** The names of a path that say something; "train/train/cat" says no more than "train/cat". */
function telling(parts: readonly string[]): string[] {
  const told: string[] = [];
  // What lies in the library of Apple's Photos is sorted by code.
  const library = parts.findIndex((part) => isPhotosLibrary(part));
  if (library >= 0) return telling(parts.slice(0, library));
  for (const [index, part] of parts.entries()) {
    const isPartOfDate = isNumber(part) && index > 0 && isDate(parts[index - 1]!);
    if (saysNothing(part) || isPartOfDate) continue;
    if (told.length === 0 || plain(told.at(-1)!) !== plain(part)) told.push(part);
  }
  return told;
}

/** Reads the outermost names. Returns whether there may be another level to read. */
function readLevel(branches: readonly Branch[]): boolean {
  const deep = branches.filter(({ parts }) => parts.length > 0);
  const names = byName(deep);
  if (names.size === 0) return false;
  if (names.size === 1) return readOnlyFolder(deep);
  const copies = copiesOf(names);
  if (copies.length > 0) {
    for (const { parts } of copies) parts.shift();
    return true;
  }
  if (isSplitLevel(names)) {
    for (const [name, split] of splitsOf(names)) {
      for (const branch of names.get(name)!) {
        branch.parts.shift();
        branch.split ??= split;
      }
    }
    return true;
  }
  readLabels(deep);
  return false;
}

/** Branches by their outermost name. */
function byName(branches: readonly Branch[]): Map<string, Branch[]> {
  const names = new Map<string, Branch[]>();
  for (const branch of branches) {
    const name = plain(branch.parts[0]!);
    const same = names.get(name);
    if (same) same.push(branch);
    else names.set(name, [branch]);
  }
  return names;
}

/** One folder around all others is no label, unless most pictures are directly in it. */
function readOnlyFolder(branches: readonly Branch[]): boolean {
  const [name] = branches[0]!.parts as [string, ...string[]];
  const total = (own: boolean) =>
    branches
      .filter(({ parts }) => (parts.length === 1) === own)
      .reduce((sum, { count }) => sum + count, 0);
  const [direct, below] = [total(true), total(false)];
  const split = splitOf(name);
  // Of "cats/train" and "cats/test", the folders below are no labels.
  const isSplit =
    below > 0 &&
    branches.every(({ parts: [, inner, deeper] }) => !deeper && (!inner || splitOf(inner)));
  const isKind = kindOf(name) !== undefined;
  // Beside loose photos, a folder of cats is a label.
  const holdsKind = branches.some(({ parts: [, inner = ''] }) => kindOf(inner));
  const isLabel =
    !split &&
    (below === 0 ||
      (isKind && isSplit) ||
      (direct > 0 && (isKind || (direct > below && !holdsKind))));
  for (const branch of branches) {
    const part = branch.parts.shift();
    if (isLabel) branch.label = part!;
    branch.split ??= split ?? (isLabel && isSplit ? splitOf(branch.parts[0] ?? '') : undefined);
  }
  return !isLabel && below > 0;
}

/** The branches of folders that hold a second copy of the folders beside them. */
function copiesOf(names: ReadonlyMap<string, readonly Branch[]>): Branch[] {
  return [...names].flatMap(([name, branches]) => {
    if (splitOf(name)) return [];
    const below = branches.map(({ parts }) => parts[1]);
    const isCopy = below.every(
      (part) => part !== undefined && plain(part) !== name && names.has(plain(part)),
    );
    return isCopy && new Set(below).size > 1 ? branches : [];
  });
}

function readLabels(branches: readonly Branch[]): void {
  const named = branches.map(({ parts }) => parseSplitName(parts[0]!));
  const splits = new Set(named.flatMap((one) => one?.split ?? []));
  const isSplitInName =
    splits.size > 1 && named.every((one) => one !== undefined && one.rest !== '');
  const inner = branches.map(({ parts: [outer = '', below = ''] }) => {
    const parsed = parseSplitName(below);
    // "cats/cats_train" says "cats" twice.
    const isSame = parsed?.rest === '' || parsed?.rest === wordsOf(outer).join(' ');
    return isSame ? parsed?.split : undefined;
  });
  const isSplitBelow = new Set(inner).size > 1 && inner.every((split) => split !== undefined);
  const isOfKinds = branches.some(({ parts: [outer = ''] }) => kindOf(outer));
  branches.forEach((branch, index) => {
    branch.label = isSplitInName ? named[index]!.rest : labelIn(branch.parts, isOfKinds);
    if (isSplitInName) branch.split ??= named[index]!.split;
    else if (isSplitBelow) branch.split ??= inner[index];
    branch.parts = [];
  });
}

/** The outermost name; beside classes of cats or dogs, "cats" of "at home/cats". */
function labelIn(parts: readonly string[], isOfKinds: boolean): string {
  const kind = isOfKinds ? parts.find((part) => kindOf(part)) : undefined;
  return kind ?? parts[0]!;
}
