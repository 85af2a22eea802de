import { announce } from '../storage/changes.ts';
import { read, write, type Transaction } from '../storage/database.ts';
import type { ClassRecord } from '../records/class.ts';
import { classOf, inOrder, isUntouched, openClasses } from './class-store.ts';
import { withFreeOrderAndColour } from './free-class.ts';

/**
 * Cat and Dog as they are created, in a library in which nothing was ever done: a data set with
 * other classes may replace them.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function listUnusedClasses(): Promise<ClassRecord[]> {
  return read(['classes', 'photos', 'deletedPhotos', 'models'], async (transaction) => {
    if (!(await isNewLibrary(transaction))) return [];
    return inOrder((await transaction.objectStore('classes').getAll()).filter(isUntouched));
  });
}

/** Whether nothing in the library refers to a class. */
export async function isNewLibrary(
  transaction: Pick<
    Transaction<'photos' | 'deletedPhotos' | 'models', 'readonly' | 'readwrite'>,
    'objectStore'
  >,
): Promise<boolean> {
  const stores = ['photos', 'deletedPhotos', 'models'] as const;
  const counts = await Promise.all(stores.map((name) => transaction.objectStore(name).count()));
  return counts.every((count) => count === 0);
}

/**
 * Puts an unused class back in the place of the class that replaced it, which must be empty.
 *
 * @throws Problem `gone` when the class that replaced it was removed, or `taken`
 */
export async function putBack(unused: ClassRecord, insteadOfId: string): Promise<void> {
  await write(['classes'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    await classOf(classes, insteadOfId);
    const others = (await openClasses(classes)).filter(({ id }) => id !== insteadOfId);
    await classes.delete(insteadOfId);
    await classes.put(withFreeOrderAndColour(unused, others));
  });
  announce('classes');
}
