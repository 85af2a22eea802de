import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { openClasses } from './class-store.ts';
import { MOST_CLASSES, place } from './classes.ts';
import { isSameName } from '../platform/name.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * Brings the classes of another library into this one, in one transaction. In a library without
 * photos they take the place of those that are here. Else one of the same name is the same; so is
 * one that a person added and renamed, by its id. The first two of every library have the same ids:
 * there only the name tells.
 *
 * @returns the id that each of them has here, by its id there
 * @throws Problem `too-many` when they and those here are more than MOST_CLASSES; nothing changes
 */
export async function mergeClasses(
  theirs: readonly ClassRecord[],
): Promise<ReadonlyMap<string, string>> {
  const ids = await write(['classes', 'photos'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const empty = (await transaction.objectStore('photos').count()) === 0;
    if (empty) {
      await store.clear();
      for (const record of theirs) await store.put(record);
      return new Map(theirs.map(({ id }) => [id, id]));
    }
    const merged = new Map<string, string>();
    for (const record of theirs) {
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
      await store.put(place({ ...record, id, order: -1 }, classes));
      merged.set(record.id, id);
    }
    return merged;
  });
  announce('classes');
  return ids;
}

const FIRST_IDS: ReadonlySet<string> = new Set(['cat', 'dog']);
