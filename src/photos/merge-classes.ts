import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { openClasses } from './class-store.ts';
import { MOST_CLASSES } from './class-limits.ts';
import { withFreeOrderAndColour } from './free-class.ts';
import { isSameName } from '../platform/name.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * Merges the classes of another library into this one, in one transaction. If this library has no
 * photos, the other classes replace its own. Otherwise two classes are the same if they have the
 * same name, or the same id: a class that the person added may have been renamed. The first two
 * classes have the same ids in every library, so for these only the name counts.
 *
 * @returns by the id that a class has in the other library, its id in this one
 * @throws Problem `too-many` when there would be more than MOST_CLASSES; then nothing changes
 */
export async function mergeClasses(
  imported: readonly ClassRecord[],
): Promise<ReadonlyMap<string, string>> {
  const ids = await write(['classes', 'photos'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const empty = (await transaction.objectStore('photos').count()) === 0;
    if (empty) {
      await store.clear();
      for (const record of imported) await store.put(record);
      return new Map(imported.map(({ id }) => [id, id]));
    }
    const merged = new Map<string, string>();
    for (const record of imported) {
      const classes = await openClasses(store);
      const same =
        classes.find(({ name }) => isSameName(name, record.name)) ??
        classes.find(({ id }) => id === record.id && !FIRST_IDS.has(id));
      if (same) {
        merged.set(record.id, same.id);
        continue;
      }
      if (classes.length >= MOST_CLASSES) {
        throw new Problem(
          'too-many',
          msg(
            str`There can be ${MOST_CLASSES} classes at most. Remove some in Settings, then try again.`,
          ),
        );
      }
      const isTaken = classes.some(({ id }) => id === record.id);
      const id = isTaken ? crypto.randomUUID() : record.id;
      await store.put(withFreeOrderAndColour({ ...record, id, order: -1 }, classes));
      merged.set(record.id, id);
    }
    return merged;
  });
  announce('classes');
  return ids;
}

const FIRST_IDS: ReadonlySet<string> = new Set(['cat', 'dog']);
