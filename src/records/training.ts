import type { PresetName } from './presets.ts';
import type {
  FineTuningOptions,
  Hyperparameters,
  StageSeconds,
  TrainingStage,
  EpochMetrics,
} from './model.ts';

export interface TrainOptions {
  readonly preset: PresetName;
  readonly seed?: number;
  /** Whether the top of the base learns after the head; as the preset says unless told. */
  readonly fineTuning?: boolean | Partial<FineTuningOptions>;
  /** What is to be other than in the preset. */
  readonly hyperparameters?: Partial<Omit<Hyperparameters, 'preset' | 'seed' | 'fineTuning'>>;
}

/** What a training is going to be, said before it starts. */
export interface TrainingEstimate {
  /** With every number: the preset's, and what the options change of them. */
  readonly hyperparameters: Hyperparameters;
  readonly counts: TrainProgress['counts'];
  /** Seconds of each stage that takes any, and of all of them. */
  readonly stageSeconds: StageSeconds;
  readonly seconds: number;
  /**
   * Whether they were measured on earlier trainings of this device; otherwise they are reckoned from
   * the time of one picture's way through the base.
   */
  readonly measured: boolean;
}

export interface TrainProgress {
  readonly stage: TrainingStage;
  /** Share of the whole run, 0 to 1. */
  readonly progress: number;
  /** Share of the stage, 0 to 1. */
  readonly stageFraction?: number;
  /** Seconds that it still takes, at the pace of this device. */
  readonly secondsLeft?: number;
  readonly paused: boolean;
  readonly epoch: number;
  /** Of the head and of the fine-tuning together. */
  readonly epochs: number;
  /** The last epoch of the head, where a fine-tuning follows. */
  readonly fineTuneFrom?: number;
  readonly history: readonly EpochMetrics[];
  /** Photos on each side of the split. */
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
}
