import type { ModelRecord } from './model.ts';
import type { BaseSpec } from './base-spec.ts';
import type { ProblemData } from './problem-data.ts';

/** Types of the interface between the pages and the learning worker. */

/** A TensorFlow.js backend. */
export type BackendName = 'webgpu' | 'wasm' | 'webgl' | 'cpu';

/** Options of the engine's start. */
export interface EngineOptions {
  /** URL of the folder with `index.json` and the bases, ending in a slash. */
  readonly basesUrl: string;
  /** The only backend to try; by default the best one that passes the self-test. */
  readonly backend?: BackendName;
}

/** A self-test that was passed. */
export interface PassedSelfTest {
  /** The largest absolute difference from the golden features. */
  readonly difference: number;
  /** Duration of one picture's forward pass, in ms. */
  readonly forward: number;
}

/** What the engine runs on, after the self-test has passed. */
export interface EngineInfo {
  readonly backend: BackendName;
  /** Display name of the device that computes: the GPU's name, or "CPU". */
  readonly device: string;
  readonly base: BaseSpec;
  /** Side of the base's input in pixels. */
  readonly inputSize: number;
  /**
   * Id of the current features; only a model that was trained on these can answer, see
   * `ModelRecord.base`.
   */
  readonly featureSpaceId: string;
  /** Whether the base is stored for offline use; false if, for example, the disk is full. */
  readonly baseStored: boolean;
  /**
   * Why the base is not the chosen one: that base was added by the user, and it is damaged or its
   * self-test fails on this device.
   */
  readonly baseProblem?: ProblemData;
  /**
   * All bases that come with the app, then those added by the user; see `LearningClient.useBase`.
   */
  readonly bases: readonly BaseSpec[];
  /**
   * Largest absolute difference from the base's golden features in the self-test: of this start, or
   * on wasm of the first one with this version of the app, the browser and the base.
   */
  readonly selfTestDifference: number;
  /** Backends that were tried before this one, and why they are not used. */
  readonly refused: readonly { readonly backend: BackendName; readonly reason: string }[];
  /**
   * Duration of each stage of the start in milliseconds; `forward` is the forward pass of one
   * picture through the base after everything is compiled.
   */
  readonly timings: Readonly<Record<'base' | 'backend' | 'selfTest' | 'forward', number>>;
}

/** The state of the engine. */
export interface EngineStatus {
  readonly phase: 'starting' | 'downloading' | 'preparing' | 'ready' | 'failed';
  /**
   * 0 to 1. While downloading: the fraction of the base model that is downloaded. While preparing:
   * the fraction of its operations that are compiled.
   */
  readonly progress: number;
  /** While downloading: bytes of the base model, so far and in total. */
  readonly download?: { readonly loaded: number; readonly total: number };
  /** Present once the engine is ready. */
  readonly info?: EngineInfo;
  /** Present if the start failed. */
  readonly problem?: ProblemData;
  /** Number of photos whose features are still to be computed. */
  readonly pendingPhotos: number;
  /** Ids of the photos that could not be decoded; training leaves them out. */
  readonly unreadablePhotos: readonly string[];
  /**
   * The model that `classify` uses: a stored model, or a newer one from the background training,
   * which is not stored.
   */
  readonly model?: ModelRecord;
  /** Why the stored model is not used: it is damaged, or its base is not in use. */
  readonly modelProblem?: ProblemData;
  /** An interrupted training. */
  readonly unfinished?: UnfinishedTraining;
}

/** A training that was interrupted, for example by a closed tab or a lost GPU device. */
export interface UnfinishedTraining {
  readonly preset: string;
  readonly stage: 'head' | 'fineTuning';
  /** Epochs that are done, of the head and the fine-tuning together. */
  readonly epoch: number;
  /** Planned epochs, of the head and the fine-tuning together. */
  readonly epochs: number;
  /** Time of the last checkpoint, in milliseconds since the Unix epoch. */
  readonly savedAt: number;
  /** Why it cannot resume now: it ran on another base or at another input size. */
  readonly obstacle?: ProblemData;
}

/** What the engine uses now. */
export interface EngineMemory {
  /** Number of tensors. */
  readonly tensors: number;
  /** Bytes of all tensors. */
  readonly bytes: number;
  /** Size of the wasm backend's linear memory in bytes; it grows and never shrinks. */
  readonly heapBytes?: number;
  /** Bytes of the memory in which frozen networks run without TensorFlow.js. */
  readonly planBytes?: number;
  /** The threads that compute a frozen network. */
  readonly threads?: number;
  /** GPU memory that TensorFlow.js has allocated, in bytes. */
  readonly gpuBytes?: number;
  /** How long one of the last pictures took on the GPU by its own clock, in ms. */
  readonly gpuMilliseconds?: number;
}

/** Identifies a call, so that it can be cancelled; the caller chooses the number. */
export type CallId = number;
