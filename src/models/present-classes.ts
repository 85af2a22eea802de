import type { ModelClass } from '../records/model.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * The classes of a model with their current names and colours in the library. A class that was
 * removed since the training has the name and the colour that are stored with the model.
 */
export function presentClasses(
  trained: readonly ModelClass[],
  library: readonly Pick<ClassRecord, 'id' | 'name' | 'palette'>[],
): ModelClass[] {
  const present = new Map(library.map((record) => [record.id, record]));
  return trained.map((one) => {
    const { name, palette } = present.get(one.id) ?? one;
    return { id: one.id, name, palette };
  });
}

/** Whether a model can predict every class of the library and no other class. */
export function knowsAllClasses(
  trained: readonly ModelClass[],
  library: readonly Pick<ClassRecord, 'id'>[],
): boolean {
  const ids = new Set(trained.map(({ id }) => id));
  return ids.size === library.length && library.every(({ id }) => ids.has(id));
}
