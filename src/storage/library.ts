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
export async function isLibraryEmpty(): Promise<boolean> {
  const { photos, models } = await read(STORES, countsIn);
  return photos + models === 0;
}

type LibraryTransaction = Transaction<(typeof STORES)[number], 'readonly' | 'readwrite'>;

async function countsIn(
  transaction: LibraryTransaction,
): Promise<Pick<LibraryFacts, 'photos' | 'models'>> {
  const [photos, models] = await Promise.all([
    transaction.objectStore('photos').count(),
    transaction.objectStore('models').count(),
  ]);
  return { photos, models };
}

async function factsIn(transaction: LibraryTransaction): Promise<LibraryFacts | undefined> {
  const [id, counts] = await Promise.all([
    transaction.objectStore('settings').get('libraryId'),
    countsIn(transaction),
  ]);
  return typeof id === 'string' ? { id, ...counts } : undefined;
}

async function identifyAndCount(
  transaction: Transaction<(typeof STORES)[number], 'readwrite'>,
): Promise<LibraryFacts> {
  // Another tab may have stored an id since the library was read.
  const identified = await factsIn(transaction);
  if (identified) return identified;
  const id = crypto.randomUUID();
  await transaction.objectStore('settings').put(id, 'libraryId');
  return { id, ...(await countsIn(transaction)) };
}
