import { sha256 } from '../platform/sha256.ts';
import { announce } from './changes.ts';
import { read, write, type Transaction } from './database.ts';
import type { NewCheckpoint, Checkpoint, LoadedCheckpoint } from '../records/checkpoint.ts';

/** One that has these two stores, among whatever others. */
type CheckpointTransaction = Pick<
  Transaction<'checkpoints' | 'trainingStates', 'readwrite'>,
  'objectStore'
>;

/** A checkpoint as `saveCheckpoint` and `saveModel` put it. */
export interface CheckpointRows {
  readonly checkpoint: NewCheckpoint;
  readonly bytes: ArrayBuffer;
  readonly sha256: string;
}

/** Stores where a training stands, in one strict transaction. The checkpoint before it stays. */
export async function saveCheckpoint(checkpoint: NewCheckpoint, bytes: ArrayBuffer): Promise<void> {
  const rows = { checkpoint, bytes, sha256: await sha256(bytes) };
  await write(['checkpoints', 'trainingStates'], (transaction) => putCheckpoint(transaction, rows));
}

/** The same within a transaction of somebody else's. */
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

/** The newest checkpoint, without its numbers. */
export async function unfinishedTraining(): Promise<Checkpoint | undefined> {
  return newestOf(
    await read(['checkpoints'], (transaction) => transaction.objectStore('checkpoints').getAll()),
  );
}

/** The newest checkpoint that is whole; one that is damaged gives way to the one before it. */
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

/** Forgets the training that was under way. */
export async function deleteCheckpoints(): Promise<void> {
  await write(['checkpoints', 'trainingStates'], clearCheckpoints);
  announce('models');
}

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
