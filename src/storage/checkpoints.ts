import { sha256 } from '../platform/sha256.ts';
import { announce } from './changes.ts';
import { read, write, type Transaction } from './database.ts';
import type { NewCheckpoint, Checkpoint, LoadedCheckpoint } from '../records/checkpoint.ts';

/** A transaction over at least these two stores. */
type CheckpointTransaction = Pick<
  Transaction<'checkpoints' | 'trainingStates', 'readwrite'>,
  'objectStore'
>;

/** A checkpoint as `putCheckpoint` stores it. */
export interface CheckpointRows {
  readonly checkpoint: NewCheckpoint;
  /** The state of the training. */
  readonly bytes: ArrayBuffer;
  /** The digest of `bytes`, as 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Stores the state of a training in one transaction with strict durability. The previous checkpoint
 * stays stored too.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function saveCheckpoint(checkpoint: NewCheckpoint, bytes: ArrayBuffer): Promise<void> {
  const rows = { checkpoint, bytes, sha256: await sha256(bytes) };
  await write(['checkpoints', 'trainingStates'], (transaction) => putCheckpoint(transaction, rows));
}

/**
 * Stores a checkpoint within a transaction of the caller, in the slot of the older of the two
 * stored checkpoints.
 */
export async function putCheckpoint(
  transaction: CheckpointTransaction,
  { checkpoint, bytes, sha256 }: CheckpointRows,
): Promise<void> {
  const store = transaction.objectStore('checkpoints');
  const newest = newestOf(await store.getAll());
  const slot = newest ? 1 - newest.slot : 0;
  const order = (newest?.order ?? 0) + 1;
  await Promise.all([
    store.put({ ...checkpoint, slot, order, savedAt: Date.now(), sha256 }),
    transaction.objectStore('trainingStates').put({ slot, bytes }),
  ]);
}

/** The newest checkpoint, without its state; undefined where no training is unfinished. */
export async function unfinishedTraining(): Promise<Checkpoint | undefined> {
  return newestOf(
    await read(['checkpoints'], (transaction) => transaction.objectStore('checkpoints').getAll()),
  );
}

/**
 * The newest checkpoint whose state has the right digest; undefined where there is none. A corrupt
 * checkpoint is skipped in favour of the previous one.
 */
export async function loadCheckpoint(): Promise<LoadedCheckpoint | undefined> {
  const { checkpoints, states } = await read(
    ['checkpoints', 'trainingStates'],
    async (transaction) => ({
      checkpoints: await transaction.objectStore('checkpoints').getAll(),
      states: await transaction.objectStore('trainingStates').getAll(),
    }),
  );
  for (const checkpoint of checkpoints.sort((a, b) => b.order - a.order)) {
    const bytes = states.find(({ slot }) => slot === checkpoint.slot)?.bytes;
    if (bytes && (await sha256(bytes)) === checkpoint.sha256) return { checkpoint, bytes };
  }
  return undefined;
}

/** Deletes both checkpoints, so that no training can be resumed. */
export async function deleteCheckpoints(): Promise<void> {
  await write(['checkpoints', 'trainingStates'], clearCheckpoints);
  announce('models');
}

/** Deletes both checkpoints within a transaction of the caller. */
export async function clearCheckpoints(transaction: CheckpointTransaction): Promise<void> {
  await transaction.objectStore('checkpoints').clear();
  await transaction.objectStore('trainingStates').clear();
}

function newestOf(checkpoints: readonly Checkpoint[]): Checkpoint | undefined {
  return checkpoints.reduce<Checkpoint | undefined>(
    (newest, each) => (newest && newest.order > each.order ? newest : each),
    undefined,
  );
}
