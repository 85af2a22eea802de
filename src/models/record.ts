/** Loss and accuracy after one epoch, each a mean over its photos. */
export interface EpochMetrics {
  /** 1 for the first. */
  readonly epoch: number;
  readonly loss: number;
  /** Share of right answers, 0 to 1. */
  readonly accuracy: number;
  /** Absent when no photo is on the validation side. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
}

/** What a model does on photos with known labels. */
export interface Evaluation {
  readonly count: number;
  readonly correct: number;
  readonly loss: number;
  /** `confusion[truth][answer]`, a count of photos, in the order of the model's classes. */
  readonly confusion: readonly (readonly number[])[];
}

export interface Hyperparameters {
  readonly preset: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the first step; `schedule` says how it goes on. */
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine';
  /** Weight of half the squared norm of the kernel in the loss (L2 regularisation). */
  readonly l2: number;
  /** Share of features that dropout sets to zero while training. */
  readonly dropout: number;
  /** Variants of each training photo, `plain` among them, each learned from. */
  readonly variants: readonly string[];
  /** Variants whose answers are averaged when the model is asked. */
  readonly askedVariants: readonly string[];
  readonly seed: number;
}

export interface ModelClass {
  readonly id: string;
  readonly name: string;
  readonly palette: number;
}

export interface WeightSpec {
  /** As Keras names it: `dense/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/** A trained head and all that it takes to use it, to judge it and to make it again. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly base: {
    readonly id: string;
    readonly inputSize: number;
    /** The space its features live in; see StoredFeatures. */
    readonly space: string;
  };
  /** In the order of the outputs. With two, the one logit speaks for the second. */
  readonly classes: readonly ModelClass[];
  readonly hyperparameters: Hyperparameters;
  readonly history: readonly EpochMetrics[];
  /** Divides the logit, so that probabilities are honest; see evaluate/temperature.ts. */
  readonly temperature: number;
  /** Absent when no photo is on the test side. */
  readonly test?: Evaluation;
  /** SHA-256 of what was learned: another one of the library means that there is more to learn. */
  readonly lessons: string;
  readonly photoIds: {
    readonly train: readonly string[];
    readonly validation: readonly string[];
    readonly test: readonly string[];
  };
  readonly backend: string;
  /** Wall time of the training, features included, in seconds. */
  readonly seconds: number;
  /** In the order of their bytes: the head, and what knows the training photos. */
  readonly weights: readonly WeightSpec[];
  /** SHA-256 of the weight bytes. */
  readonly sha256: string;
}
