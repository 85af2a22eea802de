import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { announceAllHere } from './changes.ts';
import { openDatabase } from './open-database.ts';
import { knownFull, reportFull } from './storage-full.ts';
import type { PurrceptronSchema } from './schema.ts';
import { hasReason, storageProblem } from './storage-problem.ts';

type Store = StoreNames<PurrceptronSchema>;
type Mode = 'readonly' | 'readwrite';
export type Transaction<Stores extends Store, M extends Mode> = IDBPTransaction<
  PurrceptronSchema,
  Stores[],
  M
>;

/** How often a transaction is begun again on a new connection, because the last one has died. */
const OPEN_ATTEMPTS = 3;

/** Writes wait no longer than this for what holds them. */
const MAX_HOLD_MS = 3_000;

let connection: Promise<IDBPDatabase<PurrceptronSchema>> | undefined;

let held: Promise<unknown> | undefined;

/** Lets the writes of this page wait until `until` settles, but not for longer than a few seconds. */
export function holdWrites(until: Promise<unknown>): void {
  const limit = new Promise((resolve) => setTimeout(resolve, MAX_HOLD_MS));
  const holding = Promise.race([until, limit]).finally(() => {
    if (held === holding) held = undefined;
  });
  held = holding;
}

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
 * Runs `work` in one transaction over `stores` with strict durability, and resolves only after its
 * `complete` event: data that a caller then shows as saved survive the end of the process. If the
 * promise rejects, nothing was written.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function write<Stores extends Store, Result>(
  stores: Stores[],
  work: (transaction: Transaction<Stores, 'readwrite'>) => Promise<Result>,
): Promise<Result> {
  if (held) await held;
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
      // An aborted transaction wrote nothing, so it can run again on a new connection. With a full
      // disk the browser closes connections too, but it would close the next one as well.
      const mayRetry = attempt < OPEN_ATTEMPTS && storageProblem(thrown).kind !== 'disk';
      if (mayRetry && (await dropIfDead(thrown))) continue;
      // On a full disk, the browser does not always say why a write failed.
      const problem = storageProblem(thrown, mode === 'readwrite' ? knownFull() : undefined);
      if (problem.kind === 'quota' || problem.kind === 'disk') reportFull(problem.kind);
      throw problem;
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
    // A full disk aborts the transaction; the request itself reports only an AbortError.
    const reason = await transaction.done.catch((reason: unknown) => reason);
    throw !hasReason(thrown) && hasReason(reason) ? reason : thrown;
  }
  await transaction.done;
  return result;
}

/**
 * Drops the connection if it died during the transaction that failed with `thrown`.
 *
 * @returns whether the next transaction uses a new connection
 */
async function dropIfDead(thrown: unknown): Promise<boolean> {
  const name = thrown instanceof Error ? thrown.name : '';
  if (!['AbortError', 'InvalidStateError', 'UnknownError'].includes(name)) return false;
  const database = await connection?.catch(() => undefined);
  if (!database) return true;
  if (name !== 'UnknownError' && isAlive(database)) return false;
  // Safari throws UnknownError after its storage process has died, although the connection seems
  // alive.
  database.close();
  connection = undefined;
  return true;
}

/** Tries a transaction: those of a dead connection may fail before its `close` event is fired. */
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
    // The transaction has already ended, so there is nothing to abort.
  }
}

/** Begins a transaction. If the connection has died, it is opened again. */
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
  connection ??= openDatabase({
    onBlocking: () => void closeDatabase(),
    onTerminated: () => {
      connection = undefined;
      // What the pages show may be gone.
      announceAllHere();
    },
  }).catch((thrown: unknown) => {
    connection = undefined;
    throw thrown;
  });
  return connection;
}
