import type { BaseSpec, GoldenFeatures } from '../../src/records/base-spec.ts';

/** A base as its maker hands it over: in memory, not yet checked by running it. */
export interface MadeBase {
  readonly spec: Omit<BaseSpec, 'files' | 'golden'>;
  /** By path within the base's folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * Golden features by someone else, which the base must reproduce. A base without them gets its
   * golden features from TF.js's cpu backend, which no phone uses.
   */
  readonly golden?: readonly GoldenFeatures[];
  /** The same network with its weights as they were before float16: it tells what that costs. */
  readonly unrounded?: ReadonlyMap<string, Uint8Array>;
}

/** Where makers say what they do, a sentence a call. */
export type Say = (line: string) => void;
