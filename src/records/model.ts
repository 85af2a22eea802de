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

/** Answers whose probability lies in one interval. */
export interface ReliabilityBin {
  /** Ends of the interval, 0 to 1; the upper one belongs to it. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of these answers; absent when there is none. */
  readonly confidence?: number;
  /** Share of them that is right; absent when there is none. */
  readonly accuracy?: number;
}

/** What a model answered to a photo whose class is known. */
export interface Outcome {
  readonly photoId: string;
  /** Index of the class that it is of. */
  readonly truth: number;
  /** Index of the class that the model answered. */
  readonly answer: number;
  /** Of the answer, 0 to 1. */
  readonly probability: number;
}

/** A photo that the model got wrong. */
export type Mistake = Outcome;

/** What a model does on photos with known labels. */
export interface Evaluation {
  readonly count: number;
  readonly correct: number;
  /** Mean cross-entropy of the calibrated probabilities, in nats. */
  readonly loss: number;
  /** `confusion[truth][answer]`, a count of photos, in the order of the model's classes. */
  readonly confusion: readonly (readonly number[])[];
  /** Whether the model is right as often as it says: see evaluate/calibration-error.ts. */
  readonly reliability: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1. */
  readonly calibrationError: number;
  /** Wrong answers, the surest first. */
  readonly mistakes: readonly Mistake[];
  /** One for each photo; models from before database version 3 only know their mistakes. */
  readonly outcomes?: readonly Outcome[];
}

/** How the top of the base is trained, after the head. */
export interface FineTuningOptions {
  /** The first layer that learns, by Keras's name. */
  readonly fromLayer: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /**
   * Share of the fine-tuned weights in their mean with the weights from before, 0 to 1; 1, the
   * fine-tuned ones alone, where it is absent, as in what was stored before there were means.
   */
  readonly alpha?: number;
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
  /**
   * Whether the head learns from features less the mean of the training photos', which is then
   * folded into its bias: the same model, that Adam gets to sooner.
   */
  readonly centred: boolean;
  /** What the temperature is taken for before the validation photos speak; 1 for none. */
  readonly priorTemperature: number;
  /** Variants of each training photo that an epoch learns from; see `augmentation`. */
  readonly variants: readonly string[];
  /**
   * `all`: every epoch learns from all variants. `fresh`: each epoch learns from a random
   * augmentation of its own of each photo, as Keras's augmentation layers make them.
   */
  readonly augmentation: 'all' | 'fresh';
  /** Variants whose answers are averaged when the model is asked. */
  readonly askedVariants: readonly string[];
  /**
   * `balanced`: photos of a rare class weigh more in the loss, so that each class weighs as much as
   * any other; see `balancedWeights`. Absent where each photo weighs the same.
   */
  readonly classWeights?: 'balanced';
  readonly seed: number;
  /** Absent when the head alone learns. */
  readonly fineTuning?: FineTuningOptions;
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

/** Validation of a model, empty without validation photos. */
export type Validation = Pick<EpochMetrics, 'validationLoss' | 'validationAccuracy'>;

/** What came of a fine-tuning. */
export interface FineTuningResult {
  readonly options: FineTuningOptions;
  /** Parameters that learned, the head's among them. */
  readonly trainableParameters: number;
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights were taken. */
  readonly epoch: number;
  /** As `ModelRecord.astray`. */
  readonly divergedAtEpoch?: number;
  /** Of the head alone, and of the tuned model. */
  readonly before: Validation;
  readonly after: Validation;
  /** Whether the tuned model is in use: validation did not get worse. */
  readonly kept: boolean;
  /** The model with the head alone, which stays. */
  readonly headModelId: string;
  readonly seconds: number;
}

/** A trained head, a fine-tuned top where there is one, and all that it takes to use and judge them. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly base: {
    readonly id: string;
    /** As the person knows it, also when it is not here any more; absent before database version 3. */
    readonly name?: string;
    readonly inputSize: number;
    /** The space its features live in; see StoredFeatures. */
    readonly featureSpaceId: string;
  };
  /** In the order of the outputs. With two, the one logit speaks for the second. */
  readonly classes: readonly ModelClass[];
  readonly hyperparameters: Hyperparameters;
  /** Of the head. */
  readonly history: readonly EpochMetrics[];
  /** The epoch in which the loss was no number any more: the weights are those from before. */
  readonly divergedAtEpoch?: number;
  /** Of the training that made or, where it was not kept, followed this model. */
  readonly fineTuning?: FineTuningResult;
  /** Divides the logits, so that probabilities are honest; see evaluate/temperature.ts. */
  readonly temperature: number;
  /** Absent when no photo is on the test side. */
  readonly test?: Evaluation;
  /** SHA-256 of what was learned: another one of the library means that there is more to learn. */
  readonly trainingSetHash: string;
  readonly photoIds: {
    readonly train: readonly string[];
    readonly validation: readonly string[];
    readonly test: readonly string[];
  };
  readonly backend: string;
  /** Wall time of the training, features included and pauses not, in seconds. */
  readonly seconds: number;
  /** The same by stage; older models do not say it. */
  readonly stageSeconds?: StageSeconds;
  /** In the order of their bytes: the head, what knows the training photos, the tuned layers. */
  readonly weights: readonly WeightSpec[];
  /** SHA-256 of the weight bytes. */
  readonly sha256: string;
}

export type TrainingStage =
  'features' | 'head' | 'evaluation' | 'saving' | 'boundaries' | 'fineTuning';

/** Wall time of each stage of a training, pauses left out, in seconds. */
export type StageSeconds = Readonly<Partial<Record<TrainingStage, number>>>;

export interface DeletedModel {
  readonly model: ModelRecord;
  readonly deletedAt: number;
  /** It was the active one, and which one took its place; none did when it was the last. */
  readonly wasActive?: { readonly successorId: string | undefined };
}
