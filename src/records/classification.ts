import type { ModelClass } from './model.ts';

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
export interface LibraryPredictions {
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
