import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announceAllHere } from './changes.ts';
import { DATABASE_NAME, DATABASE_VERSION, migrate } from './migrations.ts';
import { reportFull } from './storage-full.ts';
import type { PurrceptronSchema } from './schema.ts';
import { storageProblem, type StorageProblemKind } from './storage-problem.ts';

type Store = StoreNames<PurrceptronSchema>;
type Mode = 'readonly' | 'readwrite';
export type Transaction<Stores extends Store, M extends Mode> = IDBPTransaction<
  PurrceptronSchema,
  Stores[],
  M
>;

/** Safari 14 and later have been seen to leave `open` without any event. */
const OPEN_TIMEOUT_MS = 5_000;
const OPEN_ATTEMPTS = 3;

let connection: Promise<IDBPDatabase<PurrceptronSchema>> | undefined;

/**
 * Runs `work` in one read-only transaction over `stores`.
 *
 * @throws Problem of a StorageProblemKind
 */
export function read<Stores extends Store, Result>(
  stores: Stores[],
  work: (transaction: Transaction<Stores, 'readonly'>) => Promise<Result>,
): Promise<Result> {
  return transact(stores, 'readonly', work);
}

/**
 * Runs `work` in one transaction over `stores` with strict durability, and resolves only after
 * its `complete` event: what a caller then shows as saved survives the end of the process. A
 * rejection means that nothing of it was written.
 *
 * @throws Problem of a StorageProblemKind
 */
export function write<Stores extends Store, Result>(
  stores: Stores[],
  work: (transaction: Transaction<Stores, 'readwrite'>) => Promise<Result>,
): Promise<Result> {
  return transact(stores, 'readwrite', work);
}

/** Closes the connection; the next read or write opens it again. */
async function closeDatabase(): Promise<void> {
  const open = connection;
  connection = undefined;
  (await open)?.close();
}

async function transact<Stores extends Store, M extends Mode, Result>(
  stores: Stores[],
  mode: M,
  work: (transaction: Transaction<Stores, M>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(stores, mode, work);
    } catch (thrown) {
      const problem = storageProblem(thrown);
      // What was aborted wrote nothing, so it can be done again on a new connection; with a full disk
      // the browser ends connections too, and will again.
      const worthIt = attempt < OPEN_ATTEMPTS && problem.kind !== 'disk';
      if (!worthIt || !(await diedMeanwhile(thrown))) {
        if (problem.kind === 'quota' || problem.kind === 'disk') reportFull(problem.kind);
        throw problem;
      }
    }
  }
}

async function runOnce<Stores extends Store, M extends Mode, Result>(
  stores: Stores[],
  mode: M,
  work: (transaction: Transaction<Stores, M>) => Promise<Result>,
): Promise<Result> {
  const transaction = await begin(stores, mode);
  let result: Result;
  try {
    result = await work(transaction);
  } catch (thrown) {
    abort(transaction);
    // A quota error aborts the transaction, and the request only says AbortError.
    await transaction.done.catch((reason: unknown) => {
      if (reason instanceof Error && reason.name === 'QuotaExceededError') throw reason;
    });
    throw thrown;
  }
  await transaction.done;
  return result;
}

/** Whether an error is that of a connection which died under its transaction; it is dropped then. */
async function diedMeanwhile(thrown: unknown): Promise<boolean> {
  const name = thrown instanceof Error ? thrown.name : '';
  if (!['AbortError', 'InvalidStateError', 'UnknownError'].includes(name)) return false;
  const database = await connection?.catch(() => undefined);
  if (!database) return true;
  if (name !== 'UnknownError' && isAlive(database)) return false;
  // UnknownError: what Safari says once its storage process has died, on a connection that seems alive.
  database.close();
  connection = undefined;
  return true;
}

/** The transactions of a dead connection may fail before its `close` event comes. */
function isAlive(database: IDBPDatabase<PurrceptronSchema>): boolean {
  try {
    database.transaction('settings').done.catch(() => undefined);
    return true;
  } catch {
    return false;
  }
}

function abort(transaction: { abort(): void; readonly done: Promise<void> }): void {
  transaction.done.catch(() => undefined);
  try {
    transaction.abort();
  } catch {
    // It had ended on its own, which is what abort is for.
  }
}

/** Opens a transaction; a connection that died meanwhile is dropped and opened again. */
async function begin<Stores extends Store, M extends Mode>(
  stores: Stores[],
  mode: M,
): Promise<Transaction<Stores, M>> {
  for (let attempt = 1; ; attempt++) {
    const database = await connect();
    try {
      return database.transaction(stores, mode, { durability: 'strict' });
    } catch (thrown) {
      const lost =
        thrown instanceof Error && ['InvalidStateError', 'UnknownError'].includes(thrown.name);
      if (!lost || attempt === OPEN_ATTEMPTS) throw thrown;
      connection = undefined;
    }
  }
}

function connect(): Promise<IDBPDatabase<PurrceptronSchema>> {
  connection ??= openWithRetries().catch((thrown: unknown) => {
    connection = undefined;
    throw thrown;
  });
  return connection;
}

async function openWithRetries(): Promise<IDBPDatabase<PurrceptronSchema>> {
  if (typeof indexedDB === 'undefined') {
    throw new Problem(
      'unavailable',
      msg(
        'This browser does not let the app store anything here. Leave private browsing or Lockdown Mode and open it again.',
      ),
    );
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (thrown) {
      const silent = thrown instanceof Problem && thrown.kind === 'unavailable';
      if (!silent || attempt === OPEN_ATTEMPTS) throw thrown;
    }
  }
}

/** Opens the database, or throws when it stays silent or when an old tab holds it. */
function open(): Promise<IDBPDatabase<PurrceptronSchema>> {
  return new Promise((resolve, reject) => {
    let abandoned = false;
    const giveUp = (problem: Problem<StorageProblemKind>) => {
      abandoned = true;
      reject(problem);
    };
    const expiry = setTimeout(() => {
      giveUp(
        new Problem(
          'unavailable',
          msg('The photo library does not open. Close the app and try again.'),
        ),
      );
    }, OPEN_TIMEOUT_MS);
    openDB<PurrceptronSchema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade: (database, oldVersion, _newVersion, transaction) => {
        // All of it or nothing: half a step would never be made up for.
        migrate(database, oldVersion, transaction).catch((thrown: unknown) => {
          console.error('The library could not be brought to the new version.', thrown);
          transaction.abort();
        });
      },
      blocked: () => {
        giveUp(
          new Problem(
            'blocked',
            msg(
              'The app is open in another tab with an older version. Close that tab, then reload.',
            ),
          ),
        );
      },
      // A newer version in another tab waits for this: give way, and never overwrite it.
      blocking: () => void closeDatabase(),
      // The browser ended it, as when it clears the app's data: what pages show may be gone.
      terminated: () => {
        connection = undefined;
        announceAllHere();
      },
    })
      .then((database) => {
        // A connection that comes after all is nobody's.
        if (abandoned) database.close();
        else resolve(database);
      }, reject)
      .finally(() => {
        clearTimeout(expiry);
      });
  });
}
