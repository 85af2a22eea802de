import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { MOST_CLASSES } from './class-limits.ts';
import { isUntouched, openClasses } from './class-store.ts';
import { withFreeOrderAndColour } from './free-class.ts';
import { isNewLibrary } from './unused-classes.ts';
import { isSameName, MAX_NAME_LENGTH } from '../platform/name.ts';
import type { ClassRecord } from '../records/class.ts';

/**
 * Merges the classes of another library into this one, in one transaction. No class of this library
 * is removed or renamed, except Cat and Dog of a library in which nothing was ever done: the other
 * classes replace these. Two classes are the same if they have the same name, or the same id: a
 * class that the person added may have been renamed. The first two classes have the same ids in
 * every library, so for these only the name counts. Different classes of the other library stay
 * different here: if two have the same name, the second one gets a number.
 *
 * @returns by the id that a class has in the other library, its id in this one
 * @throws Problem `too-many` when there would be more than MOST_CLASSES; then nothing changes
 */
export async function mergeClasses(
  imported: readonly ClassRecord[],
): Promise<ReadonlyMap<string, string>> {
  const named = withUniqueNames(imported);
  const ids = await write(['classes', 'photos', 'deletedPhotos', 'models'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const isNew = await isNewLibrary(transaction);
    if (isNew) {
      for (const record of (await store.getAll()).filter(isUntouched)) {
        await store.delete(record.id);
      }
    }
    const classes = isNew ? await store.getAll() : await openClasses(store);
    const merged = sameClasses(named, classes);
    // What the person said of a class there, unless something was said of it here.
    for (const { id, known } of named) {
      const here = classes.find((one) => one.id === merged.get(id));
      if (here && here.known === undefined && known !== undefined) {
        await store.put({ ...here, known });
      }
    }
    for (const record of named) {
      if (merged.has(record.id)) continue;
      if (classes.length >= MOST_CLASSES) throw tooMany();
      const isTaken = classes.some(({ id }) => id === record.id);
      const id = isTaken ? crypto.randomUUID() : record.id;
      const order = isNew ? record.order : -1;
      const added = withFreeOrderAndColour({ ...record, id, order }, classes);
      await store.put(added);
      classes.push(added);
      merged.set(record.id, id);
    }
    return merged;
  });
  announce('classes');
  return ids;
}

const FIRST_IDS: ReadonlySet<string> = new Set(['cat', 'dog']);

/** By the ids of imported classes, those of the same classes here; each is used at most once. */
function sameClasses(
  imported: readonly ClassRecord[],
  here: readonly ClassRecord[],
): Map<string, string> {
  const same = new Map<string, string>();
  const match = (isSame: (a: ClassRecord, b: ClassRecord) => boolean) => {
    const used = new Set(same.values());
    for (const record of imported.filter(({ id }) => !same.has(id))) {
      const found = here.find((one) => !used.has(one.id) && isSame(one, record));
      if (!found) continue;
      used.add(found.id);
      same.set(record.id, found.id);
    }
  };
  match((a, b) => isSameName(a.name, b.name));
  match((a, b) => a.id === b.id && !FIRST_IDS.has(a.id));
  return same;
}

/** The same classes; one whose name an earlier one has gets a number: "Luna", "Luna 2". */
function withUniqueNames(classes: readonly ClassRecord[]): ClassRecord[] {
  const unique: ClassRecord[] = [];
  for (const record of classes) {
    const others = [...unique, ...classes.filter((other) => other !== record)];
    const isRepeated = unique.some(({ name }) => isSameName(name, record.name));
    unique.push(isRepeated ? { ...record, name: freeName(record.name, others) } : record);
  }
  return unique;
}

function freeName(name: string, others: readonly ClassRecord[]): string {
  for (let n = 2; ; n++) {
    const suffix = ` ${n}`;
    const letters = Array.from(name).slice(0, MAX_NAME_LENGTH - suffix.length);
    const numbered = letters.join('').trimEnd() + suffix;
    if (!others.some((other) => isSameName(other.name, numbered))) return numbered;
  }
}

function tooMany(): Problem {
  return new Problem(
    'too-many',
    msg(
      str`There can be ${MOST_CLASSES} classes at most. Remove some in Settings, then try again.`,
    ),
  );
}
