/** A training photo, as far as its fold depends on it. */
export interface FoldPhoto {
  readonly id: string;
  /** Index of its class. */
  readonly label: number;
  /** Shared by near-duplicates, which must stay in one fold. */
  readonly group: string;
}

/**
 * Assigns photos to folds of a cross-validation: the groups of each class in turn, so that every
 * fold holds about the same share of each class. Photos of a class with a single group get no fold,
 * because without them nothing would teach that class.
 *
 * @returns a fold, 0 to `folds` - 1, by photo id
 */
export function assignFolds(
  photos: readonly FoldPhoto[],
  folds: number,
): ReadonlyMap<string, number> {
  const groups = new Map<string, { label: number; ids: string[] }>();
  for (const { id, label, group } of photos) {
    const one = groups.get(group) ?? { label, ids: [] };
    groups.set(group, one);
    one.ids.push(id);
  }
  const groupsOfClass = new Map<number, string[][]>();
  for (const { label, ids } of groups.values()) {
    groupsOfClass.set(label, [...(groupsOfClass.get(label) ?? []), ids]);
  }
  const assigned = new Map<string, number>();
  for (const ofClass of groupsOfClass.values()) {
    if (ofClass.length < 2) continue;
    ofClass.forEach((ids, index) => {
      for (const id of ids) assigned.set(id, index % folds);
    });
  }
  return assigned;
}
