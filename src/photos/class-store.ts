import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import type { ClassRecord } from '../records/class.ts';

/** The store of classes within a transaction that may write. */
interface ClassStore {
  getAll(): Promise<ClassRecord[]>;
  put(record: ClassRecord): Promise<unknown>;
}

/** In the language that is spoken when they are made; then their names are the person's. */
const firstClasses = (): ClassRecord[] => [
  { id: 'cat', name: msg('Cat'), order: 0, palette: 0 },
  { id: 'dog', name: msg('Dog'), order: 1, palette: 1 },
];

/** The classes in their order; a new library is given Cat and Dog. */
export async function openClasses(store: ClassStore): Promise<ClassRecord[]> {
  const stored = await store.getAll();
  if (stored.length > 0) return inOrder(stored);
  const classes = firstClasses();
  await Promise.all(classes.map((record) => store.put(record)));
  return classes;
}

export function inOrder(classes: readonly ClassRecord[]): ClassRecord[] {
  return [...classes].sort((a, b) => a.order - b.order);
}

/**
 * The class of that id: a photo's label must be one, or no page would show the photo.
 *
 * @throws Problem `gone` when it was removed, as another tab may do at any time
 */
export async function classOf(store: ClassStore, id: string): Promise<ClassRecord> {
  const record = (await openClasses(store)).find((one) => one.id === id);
  if (!record) throw new Problem('gone', msg('The class was removed meanwhile.'));
  return record;
}
