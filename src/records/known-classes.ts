/** A language in which known classes have names: those of the app. */
type KnownLanguage = 'en' | 'es' | 'ar';

/** A class that a base was trained to detect or to classify. */
export interface KnownClass {
  /** Stable name, stored with classes and models: the label of the base's training, lower case. */
  readonly id: string;
  /** Names by language; the first is displayed, the others are synonyms. */
  readonly names: Readonly<Record<KnownLanguage, readonly string[]>>;
}

/** Logits of the known classes for the golden picture at one input size. */
export interface GoldenKnownLogits {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Largest allowed absolute difference. */
  readonly tolerance: number;
  /** One per known class. */
  readonly logits: readonly number[];
}

/**
 * What a base knows: a 1x1 convolution on its last feature map that predicts classes, as its own
 * training left it. A class has `anchors` outputs at each place of the map.
 */
export interface KnownClasses {
  readonly classes: readonly KnownClass[];
  /** Outputs per class and place: the anchors of a detector, 1 for a classifier. */
  readonly anchors: number;
  /**
   * How the outputs of a class become its logit: `log-sum-exp` over places and anchors, for a
   * detector; `mean` over them, for a classifier on pooled features, where it is linear in them.
   */
  readonly pooling: 'log-sum-exp' | 'mean';
  /**
   * Logit from which on a class counts as present in a picture, for each input size: 95 % of photos
   * of the class have at least this one.
   */
  readonly present: readonly { readonly size: number; readonly from: number }[];
  /**
   * Float16, little-endian: the kernel `[classes, anchors, featureLength]`, then the bias
   * `[classes, anchors]`. Not one of `BaseSpec.files`, whose hashes identify the features.
   */
  readonly file: { readonly path: string; readonly bytes: number; readonly sha256: string };
  /** One entry for each input size. */
  readonly golden: readonly GoldenKnownLogits[];
}
