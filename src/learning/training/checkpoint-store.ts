import { sha256 } from '../../platform/sha256.ts';
import { announce } from '../../storage/changes.ts';
import { read, write, type Transaction } from '../../storage/database.ts';
import type {
  EpochMetrics,
  Hyperparameters,
  ModelClass,
  ModelRecord,
  StageSeconds,
  Validation,
} from '../../records/model.ts';
import type { Split } from '../../photos/stable-split.ts';

export interface PlannedPhoto {
  readonly id: string;
  /** Index of its class in the plan's classes. */
  readonly label: number;
}

/** All that a training decides before its first step: the same plan and state give the same model. */
export interface TrainingPlan {
  /** The models that it makes; ids are given now, so that one that is saved twice is one. */
  readonly modelId: string;
  readonly tunedModelId: string;
  readonly base: ModelRecord['base'];
  readonly classes: readonly ModelClass[];
  readonly hyperparameters: Hyperparameters;
  /** Photos on each side of the split, always in the same order. */
  readonly photos: Readonly<Record<Split, readonly PlannedPhoto[]>>;
  readonly startedAt: number;
}

/** Where a loop of epochs stands, but for the numbers of its state. */
export interface EpochState {
  /** Epochs that are done. */
  readonly epoch: number;
  readonly history: readonly EpochMetrics[];
  /** Steps of the optimizer so far. */
  readonly steps: number;
  /** Of the random generator. */
  readonly random: readonly [number, number, number, number];
  /** In fine-tuning: the epoch whose weights are the best so far, and the head's own validation. */
  readonly best?: number;
  readonly before?: Validation;
}

/** A training that was under way. */
export interface Checkpoint {
  /** 0 or 1. */
  readonly slot: number;
  /** Grows with each checkpoint. */
  readonly order: number;
  readonly stage: 'head' | 'fineTuning';
  readonly plan: TrainingPlan;
  /** Absent before the first epoch of a stage. */
  readonly state?: EpochState;
  /** Wall time of the training so far, pauses left out, in seconds. */
  readonly seconds: number;
  /** The same by stage; older ones do not say it. */
  readonly stageSeconds?: StageSeconds;
  readonly savedAt: number;
  /** Of the bytes of the state. */
  readonly sha256: string;
}

/** One that has these two stores, among whatever others. */
type CheckpointTransaction = Pick<
  Transaction<'checkpoints' | 'trainingStates', 'readwrite'>,
  'objectStore'
>;

export type NewCheckpoint = Omit<Checkpoint, 'slot' | 'order' | 'savedAt' | 'sha256'>;

/** A checkpoint as `saveCheckpoint` and `saveModel` put it. */
export interface CheckpointRows {
  readonly checkpoint: NewCheckpoint;
  readonly bytes: ArrayBuffer;
  readonly sha256: string;
}

/** A checkpoint with its numbers, verified. */
export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly bytes: ArrayBuffer;
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
