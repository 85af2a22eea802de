import type { BaseSpec, GoldenFeatures } from '../../src/records/base-spec.ts';
import type { FurtherFeatures, GoldenFurther } from '../../src/records/further-features.ts';
import type { KnownClasses } from '../../src/records/known-classes.ts';

/** The classes that a base knows, and the contents of `KnownClasses.file`. */
export interface MadeKnownClasses {
  readonly spec: KnownClasses;
  readonly bytes: Uint8Array;
  /** The contents of `KnownBoxes.file`. */
  readonly boxBytes?: Uint8Array;
}

/** A base in memory, which has not been checked by running it. */
export interface MadeBase {
  readonly spec: Omit<BaseSpec, 'files' | 'golden' | 'knows' | 'further'>;
  /** By path within the base's folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * Golden features from another implementation, which the base must reproduce. For a base without
   * them, they are computed by `referenceNetwork`.
   */
  readonly golden?: readonly GoldenFeatures[];
  /** The features of an earlier layer that it gives, and their golden values, as `golden`. */
  readonly further?: FurtherFeatures & { readonly golden?: readonly GoldenFurther[] };
  /** Absent if its source does not say what it knows. */
  readonly knows?: MadeKnownClasses;
  /** The same network with its original float32 weights, to measure the effect of float16. */
  readonly unrounded?: ReadonlyMap<string, Uint8Array>;
}

/** Reports progress, one line per call. */
export type Say = (line: string) => void;
