/** A language in which known classes have names: those of the app. */
type KnownLanguage = 'en' | 'es' | 'ar';

/** A class that a base was trained to detect or to classify. */
export interface KnownClass {
  /** Stable name, stored with classes and models: the label of the base's training, lower case. */
  readonly id: string;
  /** Names by language; the first is displayed, the others are synonyms. */
  readonly names: Readonly<Record<KnownLanguage, readonly string[]>>;
  /** Set for an animal: looked for in a picture when no class of the person's is a known one. */
  readonly animal?: true;
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

/** Encodings of boxes for the golden picture at one input size. */
export interface GoldenBoxes {
  /** Side of the input in pixels. */
  readonly size: number;
  /** Largest allowed absolute difference. */
  readonly tolerance: number;
  /** Index of a place of the feature map, row by row. */
  readonly place: number;
  /** `[anchors, 4]` at that place. */
  readonly encodings: readonly number[];
}

/**
 * Where the known classes of a detector are: a second 1x1 convolution on the same feature map, with
 * 4 outputs for each anchor. It says how a box differs from its anchor, as in Faster R-CNN: the
 * centre by sizes of the anchor (down, then across), then the logarithms of height and width.
 */
export interface KnownBoxes {
  /**
   * Width and height of each anchor, in pixels of the input at any input size: the network sees
   * pixels, not fractions of a picture.
   */
  readonly anchors: readonly { readonly width: number; readonly height: number }[];
  /** What the encodings are divided by: those of the centre, and those of the size. */
  readonly scales: { readonly centre: number; readonly size: number };
  /**
   * Float16, little-endian: the kernel `[anchors, 4, featureLength]`, then the bias `[anchors, 4]`.
   */
  readonly file: KnowledgeFile;
  /** One entry for each input size. */
  readonly golden: readonly GoldenBoxes[];
}

/** A file of what a base knows. Not one of `BaseSpec.files`, whose hashes identify the features. */
interface KnowledgeFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
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
   * `[classes, anchors]`.
   */
  readonly file: KnowledgeFile;
  /** One entry for each input size. */
  readonly golden: readonly GoldenKnownLogits[];
  /** Present for a detector. */
  readonly boxes?: KnownBoxes;
}
