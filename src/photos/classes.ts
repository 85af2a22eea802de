import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { read, write } from '../storage/database.ts';
import { FEWEST_CLASSES } from './class-limits.ts';
import { parseClassName } from './class-name.ts';
import {
  classOf,
  classRange,
  inOrder,
  isInOtherLanguage,
  nameInLanguage,
  openClasses,
} from './class-store.ts';
import { moveToDeleted, restoreDeleted } from './deleted-photos.ts';
import { assertFree, withFreeOrderAndColour } from './free-class.ts';
import type { ClassRecord } from '../records/class.ts';
import { isNewLibrary } from './unused-classes.ts';

/** A removed class and the photos that were deleted with it: what `restoreClass` needs. */
export interface RemovedClass {
  readonly record: ClassRecord;
  readonly photoIds: readonly string[];
}

/**
 * All classes, sorted by `order`. In a new library, Cat and Dog are created first, and their names
 * are those of the current language; another tab may have another one, so that is not announced.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function listClasses(): Promise<ClassRecord[]> {
  const stored = await read(['classes'], (transaction) =>
    transaction.objectStore('classes').getAll(),
  );
  if (stored.length > 0 && !stored.some(isInOtherLanguage)) return inOrder(stored);
  return write(['classes', 'photos', 'deletedPhotos', 'models'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    await nameInLanguage(classes, await isNewLibrary(transaction));
    return openClasses(classes);
  });
}

/**
 * Adds a class after the others, in the first free colour.
 *
 * @throws Problem `too-many`, `taken`, or of a NameProblemKind
 */
export async function addClass(typed: string): Promise<ClassRecord> {
  const name = parseClassName(typed);
  const record = await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const classes = await openClasses(store);
    const id = crypto.randomUUID();
    const added = withFreeOrderAndColour({ id, name, order: -1, palette: -1 }, classes);
    await store.put(added);
    return added;
  });
  announce('classes');
  return record;
}

/**
 * Gives a class another name. Its id and its photos do not change, so models stay valid; nor does what
 * the person has said it is.
 *
 * @throws Problem `taken`, `gone`, or of a NameProblemKind
 */
export async function renameClass(id: string, typed: string): Promise<ClassRecord> {
  const name = parseClassName(typed);
  const record = await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const { order, palette, known } = await classOf(store, id);
    const renamed = { id, name, order, palette, ...(known !== undefined && { known }) };
    assertFree(
      name,
      (await openClasses(store)).filter((other) => other.id !== id),
    );
    await store.put(renamed);
    return renamed;
  });
  announce('classes');
  return record;
}

/**
 * Says what a class is, of the classes that a base knows; see `ClassRecord.known`.
 *
 * @param known undefined lets the name decide
 * @throws Problem `gone`
 */
export async function setKnownClass(id: string, known: string | null | undefined): Promise<void> {
  await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const { name, order, palette } = await classOf(store, id);
    await store.put({ id, name, order, palette, ...(known !== undefined && { known }) });
  });
  announce('classes');
}

/**
 * Removes a class and deletes its photos in one transaction. `restoreClass` undoes it.
 *
 * @throws Problem `too-few` when there are only FEWEST_CLASSES, or `gone`
 */
export async function removeClass(id: string): Promise<RemovedClass> {
  const removed = await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    const record = await classOf(classes, id);
    if ((await openClasses(classes)).length <= FEWEST_CLASSES) {
      throw new Problem(
        'too-few',
        msg('Two classes must stay: with one there is nothing to tell apart.'),
      );
    }
    const own = await photos.index('byClass').getAll(classRange(id));
    for (const photo of own) await moveToDeleted({ photos, deletedPhotos }, photo);
    await classes.delete(id);
    return { record, photoIds: own.map((photo) => photo.id) };
  });
  announce('classes');
  if (removed.photoIds.length > 0) announce('photos');
  return removed;
}

/**
 * Undoes `removeClass`: restores the class with the same photos. It keeps its order and its colour,
 * unless another class has them now.
 *
 * @throws Problem `gone` when a photo was purged, `too-many` or `taken`; then nothing is restored
 */
export async function restoreClass({ record, photoIds }: RemovedClass): Promise<void> {
  await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    const others = await openClasses(classes);
    const isBack = others.some((other) => other.id === record.id);
    if (!isBack) await classes.put(withFreeOrderAndColour(record, others));
    for (const id of photoIds) {
      // Where a backup has brought back the class, it may have brought back photos that are purged.
      const isPurged = isBack && !(await transaction.objectStore('deletedPhotos').get(id));
      if (!isPurged) await restoreDeleted(transaction, id);
    }
  });
  announce('classes');
  if (photoIds.length > 0) announce('photos');
}
