import { read, write } from '../storage/database.ts';
import type { ClassRecord } from './record.ts';

const DEFAULT_CLASSES: readonly ClassRecord[] = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

/** The classes in their order; a new library starts with Cat and Dog. */
export async function listClasses(): Promise<ClassRecord[]> {
  const stored = await read(['classes'], (transaction) =>
    transaction.objectStore('classes').getAll(),
  );
  if (stored.length > 0) return stored.sort((a, b) => a.order - b.order);
  await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    await Promise.all(DEFAULT_CLASSES.map((record) => store.put(record)));
  });
  return [...DEFAULT_CLASSES];
}
