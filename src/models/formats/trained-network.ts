/**
 * A trained model as plain data: what every writer of a format takes. It knows no TensorFlow.js, so
 * the writers are pure and run in any thread.
 */

/** A weight of a layer. */
export interface LayerWeight {
  /** Last part of Keras's name, such as `kernel` or `moving_mean`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** A layer of the base, as Keras describes it. */
export interface NetworkLayer {
  readonly name: string;
  /** Keras's class, such as `Conv2D`. */
  readonly className: string;
  /** The arguments of Keras's constructor, without initializers, regularizers and constraints. */
  readonly config: Readonly<Record<string, unknown>>;
  /** In Keras's order. */
  readonly weights: readonly LayerWeight[];
}

/** A call of a layer: a layer that is shared has several. */
export interface LayerUse {
  readonly layer: NetworkLayer;
  /** Names of the tensors that it reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it computes. */
  readonly output: string;
  /** Shape of that tensor without the batch: `[height, width, channels]` or `[features]`. */
  readonly shape: readonly number[];
}

/** How RGB pixels, 0 to 255, become what the base reads; see `preprocess` in learning/network. */
export interface InputScaling {
  /** Keras's mode; absent for a plain scaling to `range`. */
  readonly mode?: 'tf' | 'torch' | 'caffe';
  /** What pixel values 0 and 255 become. */
  readonly range: readonly [number, number];
}

/** The base with the fine-tuned weights, from the scaled pixels to the features. */
export interface BaseNetwork {
  /** Name of the input tensor, `[batch, size, size, 3]`. */
  readonly input: string;
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly scaling: InputScaling;
  /** In topological order. */
  readonly uses: readonly LayerUse[];
  /** Name of the tensor of the last feature map, or of the features. */
  readonly output: string;
}

/** Recognises pictures unlike the training photos; see `NoveltyModel` in learning/evaluate. */
export interface Novelty {
  /** `[references, featureLength]`, each row of length 1. */
  readonly references: Float32Array;
  /** Number of nearest references whose mean cosine distance is the score. */
  readonly neighbours: number;
  /** A picture with a larger score is "not sure". */
  readonly threshold: number;
  /** The part of the known classes; absent where the photos alone decide. */
  readonly knownClasses?: KnownClassTerm;
}

/**
 * How the known-class score and the distance to the photos are combined; see `combinedNovelty` in
 * learning/evaluate.
 */
interface KnownClassTerm {
  /** Logit from which on a known class counts as present. */
  readonly presentFrom: number;
  /** Weight of the known classes in the geometric mean, 0 to 1; that of the photos is the rest. */
  readonly weight: number;
  /** Multiplies the mean of both scores. */
  readonly strictness: number;
}

/** What the base's own knowledge adds to the logits; see `Prior` in records. */
export interface NetworkPrior {
  /** A 1x1 convolution on the last feature map: `[featureLength, known * anchors]`. */
  readonly kernel: Float32Array;
  /** `[known * anchors]` */
  readonly bias: Float32Array;
  /** Outputs of the convolution for each known class. */
  readonly anchors: number;
  /** How the outputs of all places and anchors become one logit for each known class. */
  readonly pooling: 'log-sum-exp' | 'mean';
  /** What the logits of the known classes add to those of the head: `[known, outputs]`. */
  readonly mixture: Float32Array;
}

/** An earlier tensor of the base whose mean the head reads too; see `FurtherFeatures` in records. */
interface NetworkFurther {
  /** Name of the tensor, a feature map. */
  readonly tensor: string;
  /** Its channels. */
  readonly length: number;
  /** Multiplies the mean. */
  readonly scale: number;
}

/** A trained model, complete. */
export interface TrainedNetwork {
  readonly base: BaseNetwork;
  /** Names of the classes, in the order of the outputs; 2 to 8. */
  readonly labels: readonly string[];
  /** The dense layer as it was trained: one logit for two classes, else one per class. */
  readonly head: {
    /** `[featureLength + further.length, outputs]` */
    readonly kernel: Float32Array;
    /** `[outputs]` */
    readonly bias: Float32Array;
  };
  /** Divides the logits. */
  readonly temperature: number;
  /** Whether the features are the mean over the picture and its mirror image. */
  readonly mirrored: boolean;
  /** Absent in a model that came from elsewhere: its training photos are not known. */
  readonly novelty?: Novelty;
  /** Absent if the head alone answers. */
  readonly prior?: NetworkPrior;
  /** Absent if the head reads the last map alone. */
  readonly further?: NetworkFurther;
}
