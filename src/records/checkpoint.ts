import type {
  ModelRecord,
  ModelClass,
  Hyperparameters,
  EpochMetrics,
  Validation,
  StageSeconds,
} from './model.ts';
import type { Split } from './photo.ts';

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

export type NewCheckpoint = Omit<Checkpoint, 'slot' | 'order' | 'savedAt' | 'sha256'>;

/** A checkpoint with its numbers, verified. */
export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly bytes: ArrayBuffer;
}
