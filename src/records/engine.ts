import type { ModelRecord } from './model.ts';
import type { BaseSpec } from './base-spec.ts';
import type { ProblemData } from './problem-data.ts';

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
  readonly featureSpaceId: string;
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
