/** A training photo, as far as its fold depends on it. */
export interface FoldPhoto {
  readonly id: string;
  /** Index of its class. */
  readonly label: number;
  /** Shared by near-duplicates, which must stay in one fold. */
  readonly group: string;
}

interface Group {
  /** Classes of its photos: near-duplicates may have different labels. */
  readonly labels: Set<number>;
  readonly ids: string[];
}

/**
 * Assigns photos to folds of a cross-validation: the groups of each class in turn, so that every
 * fold holds about the same fraction of each class. A group that has all photos of a class gets no
 * fold, because without it nothing would teach that class.
 *
 * @returns a fold, 0 to `folds` - 1, by photo id
 */
export function assignFolds(
  photos: readonly FoldPhoto[],
  folds: number,
): ReadonlyMap<string, number> {
  const groups = new Map<string, Group>();
  for (const { id, label, group } of photos) {
    const one = groups.get(group) ?? { labels: new Set(), ids: [] };
    groups.set(group, one);
    one.labels.add(label);
    one.ids.push(id);
  }
  const groupCounts = new Map<number, number>();
  for (const { labels } of groups.values()) {
    for (const label of labels) groupCounts.set(label, (groupCounts.get(label) ?? 0) + 1);
  }
  const assigned = new Map<string, number>();
  const assignedGroups = new Map<number, number>();
  for (const { labels, ids } of groups.values()) {
    if ([...labels].some((label) => groupCounts.get(label) === 1)) continue;
    // In turn among the groups whose first photo is of the same class.
    const [label] = [...labels];
    const index = assignedGroups.get(label!) ?? 0;
    assignedGroups.set(label!, index + 1);
    for (const id of ids) assigned.set(id, index % folds);
  }
  return assigned;
}
