import type { PresetName } from './presets.ts';
import type {
  FineTuningOptions,
  Hyperparameters,
  StageSeconds,
  TrainingStage,
  EpochMetrics,
} from './model.ts';

/** Options of a training. */
export interface TrainOptions {
  readonly preset: PresetName;
  /** Seed of the random number generator; 1 by default. */
  readonly seed?: number;
  /**
   * Whether and how to fine-tune the base after the head's training; by default as in the preset.
   */
  readonly fineTuning?: boolean | Partial<FineTuningOptions>;
  /** Whether to use what the base knows; by default as in the settings and the preset. */
  readonly prior?: boolean;
  /** Values that override those of the preset. */
  readonly hyperparameters?: Partial<Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'>>;
}

/** What a training would do and how long it would take, before it starts. */
export interface TrainingEstimate {
  /** All hyperparameters: those of the preset, overridden by the options. */
  readonly hyperparameters: Hyperparameters;
  readonly counts: TrainProgress['counts'];
  /** Expected duration of each stage, in seconds; stages without work are absent. */
  readonly stageSeconds: StageSeconds;
  /** Expected duration of all stages, in seconds. */
  readonly seconds: number;
  /**
   * Whether the durations are based on earlier trainings on this device; otherwise they are
   * estimated from the time of one picture's forward pass through the base.
   */
  readonly measured: boolean;
}

/** The progress of a training. */
export interface TrainProgress {
  readonly stage: TrainingStage;
  /** Fraction of the whole training that is done, 0 to 1. */
  readonly progress: number;
  /** Fraction of the stage that is done, 0 to 1. */
  readonly stageFraction?: number;
  /** Estimated remaining time in seconds. */
  readonly secondsLeft?: number;
  readonly paused: boolean;
  /** Epochs that are done, of the head and the fine-tuning together. */
  readonly epoch: number;
  /** Planned epochs, of the head and the fine-tuning together. */
  readonly epochs: number;
  /** The last epoch of the head, if a fine-tuning follows. */
  readonly fineTuneFrom?: number;
  /** Metrics of all epochs so far; those of the fine-tuning follow those of the head. */
  readonly history: readonly EpochMetrics[];
  /** Number of photos in each split. */
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
}
