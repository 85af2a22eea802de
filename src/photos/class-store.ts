import { msg } from '../i18n/msg.ts';
import { isSameName } from '../platform/name.ts';
import { Problem } from '../platform/problem.ts';
import type { ClassRecord } from '../records/class.ts';
import type { Transaction } from '../storage/database.ts';

/** The object store of classes within a readwrite transaction. */
interface ClassStore {
  getAll(): Promise<ClassRecord[]>;
  put(record: ClassRecord): Promise<unknown>;
}

/** Their names are in the current language; see `nameInLanguage`. */
const firstClasses = (): ClassRecord[] => [
  { id: 'cat', name: msg('Cat'), order: 0, palette: 0, followsLanguage: true },
  { id: 'dog', name: msg('Dog'), order: 1, palette: 1, followsLanguage: true },
];

/** All classes, sorted by `order`. In a new library, Cat and Dog are created first. */
export async function openClasses(store: ClassStore): Promise<ClassRecord[]> {
  const stored = await store.getAll();
  if (stored.length > 0) return inOrder(stored);
  const classes = firstClasses();
  await Promise.all(classes.map((record) => store.put(record)));
  return classes;
}

/** Whether a class is Cat or Dog as they are created. */
export function isUntouched(record: ClassRecord): boolean {
  // In libraries from before names followed the language, only the name tells.
  const isFirst = firstClasses().some(
    ({ id, name }) => id === record.id && (record.followsLanguage || name === record.name),
  );
  return isFirst && record.known === undefined;
}

/** Whether a class has a name that the app gave it in another language. */
export function isInOtherLanguage({ id, name, followsLanguage }: ClassRecord): boolean {
  const first = followsLanguage && firstClasses().find((one) => one.id === id);
  return first !== undefined && first.name !== name;
}

/**
 * Gives the classes that the app named their names in the current language, unless another class is
 * called so.
 *
 * @param isNew whether the library has neither photos nor models; otherwise the names stay for good
 */
export async function nameInLanguage(store: ClassStore, isNew: boolean): Promise<void> {
  const classes = await store.getAll();
  for (const record of classes.filter(isInOtherLanguage)) {
    const { id, order, palette } = record;
    const { name } = firstClasses().find((one) => one.id === id)!;
    const isTaken = classes.some((other) => other !== record && isSameName(other.name, name));
    const named = { id, name: record.name, order, palette };
    await store.put(isNew && !isTaken ? { ...record, name } : named);
  }
}

/** A copy, sorted by `order`. */
export function inOrder(classes: readonly ClassRecord[]): ClassRecord[] {
  return [...classes].sort((a, b) => a.order - b.order);
}

/**
 * The class of that id. Each photo must have an existing class, or no page would show the photo.
 *
 * @throws Problem `gone` when the class was removed, for example in another tab
 */
export async function classOf(store: ClassStore, id: string): Promise<ClassRecord> {
  const record = (await openClasses(store)).find((one) => one.id === id);
  if (!record) throw new Problem('gone', msg('The class was removed meanwhile.'));
  return record;
}

/** The keys of the index `byClass` of photos for one class. */
export function classRange(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, -Infinity], [id, Infinity]);
}

/** Whether a class is in the library, has the same name as before, and has no photos. */
export async function isUnused(
  { id, name }: ClassRecord,
  transaction: Pick<
    Transaction<'classes' | 'photos' | 'deletedPhotos', 'readwrite'>,
    'objectStore'
  >,
): Promise<boolean> {
  const stored = await transaction.objectStore('classes').get(id);
  if (stored?.name !== name) return false;
  const photos = transaction.objectStore('photos').index('byClass');
  if ((await photos.count(classRange(id))) > 0) return false;
  const deleted = await transaction.objectStore('deletedPhotos').getAll();
  return deleted.every(({ photo }) => photo.classId !== id);
}
