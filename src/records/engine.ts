import type { PresetName } from './presets.ts';
import type {
  EpochMetrics,
  FineTuningOptions,
  Hyperparameters,
  ModelClass,
  ModelRecord,
  StageSeconds,
  TrainingStage,
} from './model.ts';
import type { ProblemData } from '../platform/problem.ts';
import type { BaseSpec } from './base-spec.ts';
import type { Summary } from '../learning/model-files/summary.ts';

/** The interface between the pages and the learning worker. Types only. */

export type BackendName = 'webgpu' | 'wasm' | 'webgl' | 'cpu';

export interface EngineOptions {
  /** Address of the folder that holds `index.json` and the bases, ending in a slash. */
  readonly basesUrl: string;
  /** Use this backend and no other; the best one that passes the self-test unless told. */
  readonly backend?: BackendName;
}

/** What the engine runs on, once it is trusted. */
export interface EngineInfo {
  readonly backend: BackendName;
  /** What computes, for a person: the GPU's name, or "CPU". */
  readonly device: string;
  readonly base: BaseSpec;
  readonly inputSize: number;
  /** Of the features that a model must have been trained on to answer now; see ModelRecord.base. */
  readonly space: string;
  /** Whether the base is kept for offline use; a full disk can refuse it. */
  readonly baseStored: boolean;
  /**
   * Why the base is not the one that was chosen: one of the person's own, that is damaged or does not
   * compute rightly here.
   */
  readonly baseProblem?: ProblemData;
  /** Every base that the app serves, then the person's own; LearningClient.useBase changes to another. */
  readonly bases: readonly BaseSpec[];
  /** Largest difference from the base's golden features that the self-test found. */
  readonly selfTestDifference: number;
  /** Backends that were tried before this one, and why they are not used. */
  readonly refused: readonly { readonly backend: BackendName; readonly reason: string }[];
  /**
   * Milliseconds that each stage of the start took; `forward`: one picture's way through the base,
   * once all is compiled.
   */
  readonly timings: Readonly<Record<'base' | 'backend' | 'selfTest' | 'forward', number>>;
}

export interface EngineStatus {
  readonly phase: 'starting' | 'downloading' | 'preparing' | 'ready' | 'failed';
  /**
   * 0 to 1: while downloading, the share of the base model that is here; while preparing, the share
   * of its operations that are compiled.
   */
  readonly progress: number;
  /** While downloading: bytes of the base model that are here, of all. */
  readonly download?: { readonly loaded: number; readonly total: number };
  readonly info?: EngineInfo;
  /** When failed: what a page can show. */
  readonly problem?: ProblemData;
  /** Photos whose features are still to be computed. */
  readonly pendingPhotos: number;
  /** Photos that could not be read, by id; training leaves them out. */
  readonly unreadablePhotos: readonly string[];
  /**
   * The model that `classify` answers with: a stored one, or what was learned in the background
   * since (its id is in no store).
   */
  readonly model?: ModelRecord;
  /** Why the saved model is not used: it is damaged, or it needs a base that is not here. */
  readonly modelProblem?: ProblemData;
  /** A training that can go on where it was interrupted. */
  readonly unfinished?: UnfinishedTraining;
}

/** A training that was interrupted, by a closed tab or a lost device. */
export interface UnfinishedTraining {
  readonly preset: string;
  readonly stage: 'head' | 'fineTuning';
  /** Epochs that are done, and all of them. */
  readonly epoch: number;
  readonly epochs: number;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  /** Why it cannot go on now: it ran on another base, or at another input size. */
  readonly obstacle?: ProblemData;
}

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

/** The base's layers as Keras prints them, and those of the whole model around it. */
export interface ModelSummaries {
  readonly base: Summary;
  readonly whole: Summary;
}

export interface SummaryOptions {
  /** The first layer of the base that learns; none unless told. */
  readonly fromLayer?: string;
  /** Classes of the head; those of the library unless told. */
  readonly classes?: number;
}

/** A place from which on a base can be fine-tuned. */
export interface TunableBlock {
  /** Its first layer, by Keras's name. */
  readonly layer: string;
  /** "block_11", or the layer's own name. */
  readonly name: string;
  /** Parameters of the base that learn from there on. */
  readonly parameters: number;
  /** It is the default. */
  readonly usual: boolean;
}

export interface TrainProgress {
  readonly stage: TrainingStage;
  /** Share of the whole run, 0 to 1. */
  readonly progress: number;
  /** Share of the stage, 0 to 1. */
  readonly stageShare?: number;
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

export interface ClassifyOptions {
  /**
   * The picture follows the one before, as frames of a video do. A model that answers with a mean over
   * variants of a picture (itself and its mirror image) then looks at one of them a picture, in turns,
   * and takes the others from the pictures before: the same mean where the picture is steady, for half
   * of the work.
   */
  readonly follows?: boolean;
  /** Also say what in the picture the answer comes from. */
  readonly heatMap?: boolean;
}

/** What speaks for an answer in the plain picture, place by place. */
export interface HeatMap {
  readonly height: number;
  readonly width: number;
  /** The class that it speaks for. */
  readonly classIndex: number;
  /** `[height, width]`, row by row, 0 to 1. */
  readonly values: readonly number[];
}

export interface Classification {
  /** Probability of each class, in the order of the model's classes; they add up to 1. */
  readonly probabilities: readonly number[];
  /**
   * How unlike the training photos the picture is; above 1 it is like none of them, and what the
   * probabilities say means little.
   */
  readonly novelty: number;
  /** Where it was asked for, and the base has a last feature map. */
  readonly heatMap?: HeatMap;
  readonly modelId: string;
  /** From the frame's arrival in the worker to its answer, in milliseconds. */
  readonly milliseconds: number;
}

/** What a model says of the photos of the library. */
export interface Judgement {
  readonly modelId: string;
  readonly classes: readonly ModelClass[];
  /** In no particular order; without those that cannot be read. */
  readonly photoIds: readonly string[];
  /**
   * `[photoIds.length, classes.length]`, row by row; each row adds up to 1. As `classify` answers,
   * except that of a photo which clearly is what its label says only the plain picture was asked about.
   */
  readonly probabilities: Float32Array;
}

export interface EngineMemory {
  readonly tensors: number;
  readonly bytes: number;
  /** The linear memory of the wasm backend, which grows and never shrinks. */
  readonly heapBytes?: number;
  /** What TensorFlow.js has allocated of the GPU's memory. */
  readonly gpuBytes?: number;
}

/** A call that can be cancelled carries a number of the caller's choosing. */
export type CallId = number;

/** What the worker does for a page. Every rejection is a `ProblemData`. */
export interface LearningService {
  /**
   * Chooses a backend, loads the base, runs the self-test, loads the active model, and from then
   * on computes the features of each photo that arrives. Rejects when nothing can be trusted.
   */
  start(options: EngineOptions): Promise<EngineInfo>;

  /** Calls back now and after each change. */
  observe(onStatus: (status: EngineStatus) => void): void;

  /**
   * Trains on the library's photos and stores what comes of it: the head, which becomes the active
   * model, and then, where the options say so, a fine-tuned model, which becomes the active one if
   * validation does not get worse. After each epoch a checkpoint is stored.
   *
   * @returns the model that is active at the end
   * @throws Problem `options` when one of them cannot be computed with, `too-few` when a class has no
   *   training photo, `busy` while another one runs here
   *   or in another tab, `cancelled`, `not-finite` when the loss is no number, `gone` when a photo was
   *   deleted meanwhile, `base` where this base cannot be fine-tuned; the previous model then stays
   */
  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<ModelRecord>;

  /**
   * Goes on with the unfinished training, as if it had not been interrupted: on the same backend,
   * bit for bit.
   *
   * @throws Problem as `train`; `no-checkpoint` when there is none, `other-base` when it ran on another base
   *   or at another input size
   */
  resumeTraining(call: CallId, onProgress: (progress: TrainProgress) => void): Promise<ModelRecord>;

  /** Forgets the unfinished training; the models that it has stored stay. */
  discardTraining(): Promise<void>;

  /** Lets a training rest at the end of the batch or epoch. */
  pause(call: CallId): void;

  /** Lets a paused training go on. */
  unpause(call: CallId): void;

  /** Ends a training, and forgets where it was; or ends a judgement. */
  cancel(call: CallId): void;

  /**
   * Classifies one picture. It is closed afterwards, whatever happens.
   *
   * @throws Problem `no-model` before the first training
   */
  classify(frame: VideoFrame | ImageBitmap, options?: ClassifyOptions): Promise<Classification>;

  /**
   * What the model that `classify` answers with says of every photo of the library, those that it
   * learned from among them. Features that are missing are waited for.
   *
   * @param onProgress share of the missing features that is there, 0 to 1; not called when none is
   * @throws Problem `no-model` before the first training, `cancelled`
   */
  judgePhotos(call: CallId, onProgress: (share: number) => void): Promise<Judgement>;

  /**
   * The first `count` random augmentations of a photo, each 160 px square, the same ones every time.
   * Needs neither a base nor a model, so it answers before and while `start` runs.
   *
   * @throws Problem `photo` when the photo is gone or cannot be read
   */
  augmented(photoId: string, count: number): Promise<ImageBitmap[]>;

  /** What TensorFlow.js holds now. */
  memory(): EngineMemory;

  /**
   * How long a training with these options is going to take, at the pace of this device.
   *
   * @throws Problem `options` when one of them cannot be computed with
   */
  estimate(options: TrainOptions): Promise<TrainingEstimate>;

  /** @returns undefined for a GraphModel, which does not tell its layers */
  summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined>;

  /** Places from which on the base can be fine-tuned, the deepest into it first; none where it cannot. */
  tunableBlocks(): readonly TunableBlock[];
}
