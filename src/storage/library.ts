import { read, write, type Transaction } from './database.ts';

/** The identity and the size of the library. */
export interface LibraryFacts {
  /** A UUID that is created with the library and deleted with it: a new library gets another id. */
  readonly id: string;
  /** Numbers of stored photos and models. */
  readonly photos: number;
  readonly models: number;
}

const STORES: ('settings' | 'photos' | 'models')[] = ['settings', 'photos', 'models'];

/**
 * Identity and size of the library in the database. A new library gets its id here.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function libraryFacts(): Promise<LibraryFacts> {
  return (await read(STORES, factsIn)) ?? write(STORES, identifyAndCount);
}

/**
 * Whether there is neither a photo nor a model. It writes nothing, not even an id.
 *
 * @throws Problem of a StorageProblemKind
 */
export function isLibraryEmpty(): Promise<boolean> {
  return read(['photos', 'models'], async (transaction) => {
    const counts = await Promise.all([
      transaction.objectStore('photos').count(),
      transaction.objectStore('models').count(),
    ]);
    return counts.every((count) => count === 0);
  });
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

async function identifyAndCount(
  transaction: Transaction<(typeof STORES)[number], 'readwrite'>,
): Promise<LibraryFacts> {
  // Another tab may have stored an id since the library was read.
  const identified = await factsIn(transaction);
  if (identified) return identified;
  const id = crypto.randomUUID();
  await transaction.objectStore('settings').put(id, 'libraryId');
  return {
    id,
    photos: await transaction.objectStore('photos').count(),
    models: await transaction.objectStore('models').count(),
  };
}
