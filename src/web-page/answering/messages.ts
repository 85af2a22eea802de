import type { PackedProgram } from '../../models/formats/web-page/pack-program.ts';

/** First the program, then pictures; an answer for each. */
export type Request =
  | { readonly kind: 'program'; readonly packed: PackedProgram }
  | { readonly kind: 'picture'; readonly rgba: Uint8ClampedArray };

/** The answer to a request; without an answer, the model does not run here. */
export interface Reply {
  readonly answer?: PictureAnswer;
}

/** What the model says about a picture. */
export interface PictureAnswer {
  /** One for each class; the sum is 1. */
  readonly probabilities: readonly number[];
  /** Above 1, the picture is unlike those of the training. */
  readonly novelty: number;
}
