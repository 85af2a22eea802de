import { read, write, type Transaction } from './database.ts';

/** Which library is open, and how much is in it. */
export interface LibraryFacts {
  /** Made with the library and gone with it: one that was wiped never gets the same again. */
  readonly id: string;
  readonly photos: number;
  readonly models: number;
}

const STORES: ('settings' | 'photos' | 'models')[] = ['settings', 'photos', 'models'];

/**
 * The library that is open. A new one is given its id.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function libraryFacts(): Promise<LibraryFacts> {
  return (await read(STORES, factsIn)) ?? write(STORES, nameAndCount);
}

async function factsIn(
  transaction: Transaction<(typeof STORES)[number], 'readonly' | 'readwrite'>,
): Promise<LibraryFacts | undefined> {
  const [id, photos, models] = await Promise.all([
    transaction.objectStore('settings').get('libraryId'),
    transaction.objectStore('photos').count(),
    transaction.objectStore('models').count(),
  ]);
  return typeof id === 'string' ? { id, photos, models } : undefined;
}

async function nameAndCount(
  transaction: Transaction<(typeof STORES)[number], 'readwrite'>,
): Promise<LibraryFacts> {
  // Two tabs may be at it: the first one names it.
  const named = await factsIn(transaction);
  if (named) return named;
  const id = crypto.randomUUID();
  await transaction.objectStore('settings').put(id, 'libraryId');
  return {
    id,
    photos: await transaction.objectStore('photos').count(),
    models: await transaction.objectStore('models').count(),
  };
}
