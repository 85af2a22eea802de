import type {
  ModelRecord,
  ModelClass,
  Hyperparameters,
  EpochMetrics,
  Validation,
  StageSeconds,
} from './model.ts';
import type { FurtherChoice, FurtherFeatures } from './further-features.ts';
import type { Prior, PriorChoice } from './prior.ts';
import type { Split } from './photo.ts';

/** A photo in a training plan. */
export interface PlannedPhoto {
  readonly id: string;
  /** Index of the photo's class in the plan's classes. */
  readonly label: number;
}

/**
 * Everything that is fixed before the first step of a training. The same plan and state always give
 * the same model.
 */
export interface TrainingPlan {
  /**
   * Ids of the models that the training will store, chosen in advance so that storing a model again
   * after a resume replaces it.
   */
  readonly modelId: string;
  readonly tunedModelId: string;
  readonly base: ModelRecord['base'];
  readonly classes: readonly ModelClass[];
  readonly hyperparameters: Hyperparameters;
  /** As `ModelRecord.prior`. */
  readonly prior?: Prior;
  /** As `ModelRecord.priorChoice`. */
  readonly priorChoice?: PriorChoice;
  /** As `ModelRecord.further`. */
  readonly further?: FurtherFeatures;
  /** As `ModelRecord.furtherChoice`. */
  readonly furtherChoice?: FurtherChoice;
  /** Photos in each split, in a fixed order. */
  readonly photos: Readonly<Record<Split, readonly PlannedPhoto[]>>;
  /** See ModelRecord. */
  readonly testFromSet?: number;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** The state of the training loop after an epoch, except the values of its variables. */
export interface EpochState {
  /** Number of epochs that are done. */
  readonly epoch: number;
  readonly history: readonly EpochMetrics[];
  /** Optimizer steps so far. */
  readonly steps: number;
  /** State of the random number generator. */
  readonly random: readonly [number, number, number, number];
  /** In fine-tuning: the epoch with the lowest validation loss so far. */
  readonly best?: number;
  /** In fine-tuning: validation metrics before the first step. */
  readonly before?: Validation;
}

/** A stored state of a training, from which it can resume. */
export interface Checkpoint {
  /** The storage slot, 0 or 1: two checkpoints are stored, and a new one replaces the older. */
  readonly slot: number;
  /** Sequence number: the newest checkpoint has the largest. */
  readonly order: number;
  readonly stage: 'head' | 'fineTuning';
  readonly plan: TrainingPlan;
  /** Absent before the first epoch of the stage. */
  readonly state?: EpochState;
  /** Wall time of the training so far without pauses, in seconds. */
  readonly seconds: number;
  /** `seconds` by stage; absent in older checkpoints. */
  readonly stageSeconds?: StageSeconds;
  /** Milliseconds since the Unix epoch. */
  readonly savedAt: number;
  /** SHA-256 of the state's bytes. */
  readonly sha256: string;
}

/** A checkpoint to be stored. */
export type NewCheckpoint = Omit<Checkpoint, 'slot' | 'order' | 'savedAt' | 'sha256'>;

/** A checkpoint whose bytes match its SHA-256. */
export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Float32 values of the variables and the optimizer, as `runEpochs` packed them. */
  readonly bytes: ArrayBuffer;
}
