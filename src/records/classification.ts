import type { FoundBox } from './found-box.ts';
import type { ModelClass } from './model.ts';

/** Options of a classification. */
export interface ClassifyOptions {
  /**
   * Whether the picture is the next frame of a video. A model that averages over variants of a
   * picture (the picture and its mirror image) then computes only one variant per frame,
   * alternating, and reuses the others from the previous frames. For a steady picture the mean is
   * the same, at half of the work.
   */
  readonly follows?: boolean;
  /** Whether to compute a heat map too. */
  readonly heatMap?: boolean;
  /** Whether to say where in the picture's centre square the animal is. */
  readonly boxes?: boolean;
}

/** A class activation map: the evidence for a class at each position of the plain picture. */
export interface HeatMap {
  readonly height: number;
  readonly width: number;
  /** Index of the class that the map shows the evidence for. */
  readonly classIndex: number;
  /** `[height, width]`, row-major, 0 to 1. */
  readonly values: readonly number[];
}

/** A model's answer for a picture. */
export interface Classification {
  /** Probability of each class, in the order of the model's classes; the sum is 1. */
  readonly probabilities: readonly number[];
  /**
   * How unlike the training photos the picture is, 0 or more. Above 1 it resembles none of them,
   * and the probabilities mean little.
   */
  readonly novelty: number;
  /** Present if it was requested and the base has a last feature map. */
  readonly heatMap?: HeatMap;
  /**
   * Present if they were requested and the base can say where something is: boxes in the picture's
   * centre square, the surest first; empty if nothing was found.
   */
  readonly boxes?: readonly FoundBox[];
  readonly modelId: string;
  /** Time from the frame's arrival in the worker to the answer, in milliseconds. */
  readonly milliseconds: number;
}

/** A model's predictions for the photos of the library. */
export interface LibraryPredictions {
  readonly modelId: string;
  readonly classes: readonly ModelClass[];
  /** In no particular order; without the photos that could not be decoded. */
  readonly photoIds: readonly string[];
  /**
   * `[photoIds.length, classes.length]`, row-major; each row sums to 1. Same as from `classify`,
   * except that for a photo whose label the plain picture clearly confirms, no other variant is
   * used, and that photos which the model learned from are predicted by heads that did not.
   */
  readonly probabilities: Float32Array;
}
