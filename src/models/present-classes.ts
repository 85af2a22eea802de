import type { ModelClass } from '../records/model.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * A model's classes as the library calls them now. The model keeps the names that it was trained
 * with: those are shown for classes that were removed since.
 */
export function presentClasses(
  learned: readonly ModelClass[],
  library: readonly Pick<ClassRecord, 'id' | 'name' | 'palette'>[],
): ModelClass[] {
  const present = new Map(library.map((record) => [record.id, record]));
  return learned.map((one) => {
    const { name, palette } = present.get(one.id) ?? one;
    return { id: one.id, name, palette };
  });
}

/** Whether a model can answer with each of the library's classes and with no other. */
export function knowsAllClasses(
  learned: readonly ModelClass[],
  library: readonly Pick<ClassRecord, 'id'>[],
): boolean {
  const ids = new Set(learned.map(({ id }) => id));
  return ids.size === library.length && library.every(({ id }) => ids.has(id));
}
