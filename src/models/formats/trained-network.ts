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
interface Novelty {
  /** `[references, featureLength]`, each row of length 1. */
  readonly references: Float32Array;
  /** Number of nearest references whose mean cosine distance is the score. */
  readonly neighbours: number;
  /** A picture with a larger score is "not sure". */
  readonly threshold: number;
}

/** What the base knows of the classes before it has seen a photo; see `Prior` in records. */
interface KnownClassesPrior {
  /** `[featureLength, known * anchors]` */
  readonly kernel: Float32Array;
  /** `[known * anchors]` */
  readonly bias: Float32Array;
  readonly anchors: number;
  readonly pooling: 'log-sum-exp' | 'mean';
  /** `[known, outputs]`: turns the logits of the known classes into a part of the model's. */
  readonly mixture: Float32Array;
  /**
   * The logit from which on one of the known classes is present; absent if they have no say in
   * whether a picture is "not sure".
   */
  readonly presentFrom?: number;
}

/** A trained model, complete. */
export interface TrainedNetwork {
  readonly base: BaseNetwork;
  /** Names of the classes, in the order of the outputs; 2 to 8. */
  readonly labels: readonly string[];
  /** The dense layer as it was trained: one logit for two classes, else one per class. */
  readonly head: {
    /** `[featureLength, outputs]` */
    readonly kernel: Float32Array;
    /** `[outputs]` */
    readonly bias: Float32Array;
  };
  /** Divides the logits. */
  readonly temperature: number;
  /** Whether the features are the mean over the picture and its mirror image. */
  readonly mirrored: boolean;
  /** Absent if it was trained on photos that were never here. */
  readonly novelty?: Novelty;
  /** Absent if the head alone answers. */
  readonly prior?: KnownClassesPrior;
}
