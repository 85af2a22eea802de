import type { BaseSpec, GoldenFeatures } from '../../src/records/base-spec.ts';

/** A base in memory, which has not been checked by running it. */
export interface MadeBase {
  readonly spec: Omit<BaseSpec, 'files' | 'golden'>;
  /** By path within the base's folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * Golden features from another implementation, which the base must reproduce. For a base without
   * them, they are computed with the cpu backend of TensorFlow.js, which no phone uses.
   */
  readonly golden?: readonly GoldenFeatures[];
  /** The same network with its original float32 weights, to measure the effect of float16. */
  readonly unrounded?: ReadonlyMap<string, Uint8Array>;
}

/** Reports progress, one line per call. */
export type Say = (line: string) => void;
