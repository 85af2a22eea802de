/**
 * Features of an earlier layer, which know what the last map has forgotten, such as colours: the
 * mean over the places of the layer's map, times `scale`. A head may read them behind those of the
 * last map.
 */
export interface FurtherFeatures {
  /** Keras name of the layer. */
  readonly layer: string;
  /** Channels of its map. */
  readonly length: number;
  /**
   * Brings them to the spread of the last map's features over many pictures, so that L2
   * regularisation treats both alike.
   */
  readonly scale: number;
}

/** Further features of the golden picture at one input size. */
export interface GoldenFurther {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Largest allowed absolute difference. */
  readonly tolerance: number;
  /** `[length]`, with the scale. */
  readonly values: readonly number[];
}

/**
 * The further features that a base gives. Stored features and models depend on them as on the files
 * of the base: a base with others is another base.
 */
export interface BaseFurther extends FurtherFeatures {
  /** One entry for each input size. */
  readonly golden: readonly GoldenFurther[];
}

/** Whether a head reads further features by what cross-validation said; see `chooseFurther`. */
export interface FurtherChoice {
  /** Mean cross-entropy of photos that the heads did not learn from, in nats. */
  readonly alone: number;
  /** The same with the further features; absent if `alone` left nothing to gain. */
  readonly together?: number;
  /** Number of photos that were predicted. */
  readonly count: number;
}

/** What is stored of `BaseFurther` with a model. */
export function furtherOf({ layer, length, scale }: FurtherFeatures): FurtherFeatures {
  return { layer, length, scale };
}
