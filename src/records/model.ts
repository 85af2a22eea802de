import type { FurtherChoice, FurtherFeatures } from './further-features.ts';
import type { Prior, PriorChoice } from './prior.ts';

/** Loss and accuracy of one epoch, each a mean over its training examples or photos. */
export interface EpochMetrics {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Fraction of correct predictions, 0 to 1. */
  readonly accuracy: number;
  /** As `loss`, on the validation photos; absent if there are none. */
  readonly validationLoss?: number;
  /** As `accuracy`, on the validation photos; absent if there are none. */
  readonly validationAccuracy?: number;
}

/** The predictions whose probability lies in one interval. */
export interface ReliabilityBin {
  /** Bounds of the interval, 0 to 1; the upper bound is included. */
  readonly low: number;
  readonly high: number;
  /** Number of predictions in the interval. */
  readonly count: number;
  /** Mean probability of these predictions; absent if there are none. */
  readonly confidence?: number;
  /** Fraction of these predictions that are correct, 0 to 1; absent if there are none. */
  readonly accuracy?: number;
}

/** A model's prediction for a photo whose class is known. */
export interface Outcome {
  readonly photoId: string;
  /** Index of the photo's class. */
  readonly truth: number;
  /** Index of the predicted class. */
  readonly answer: number;
  /** Probability of the predicted class, 0 to 1. */
  readonly probability: number;
}

/** A photo for which the model's prediction is wrong. */
export type Mistake = Outcome;

/** Metrics of a model on labelled photos. */
export interface Evaluation {
  /** Number of photos. */
  readonly count: number;
  /** Number of correct predictions. */
  readonly correct: number;
  /** Mean cross-entropy of the calibrated probabilities, in nats. */
  readonly loss: number;
  /** `confusion[truth][answer]`: number of photos, in the order of the model's classes. */
  readonly confusion: readonly (readonly number[])[];
  /** The reliability diagram; see evaluate/calibration-error.ts. */
  readonly reliability: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1. */
  readonly calibrationError: number;
  /** Wrong predictions, the most confident first; not all of them if there are many. */
  readonly mistakes: readonly Mistake[];
  /** The prediction for each photo; absent in models from before database version 3. */
  readonly outcomes?: readonly Outcome[];
}

/** How the top of the base is fine-tuned after the head has been trained. */
export interface FineTuningOptions {
  /** Keras name of the first trainable layer. */
  readonly fromLayer: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /**
   * Mixing weight of WiSE-FT, above 0 up to 1: the weights are
   * `(1 - alpha) initial + alpha tuned`, see `mixWeights`. Absent in older records, where it was 1.
   */
  readonly alpha?: number;
}

/** All settings of a training. */
export interface Hyperparameters {
  /** Name of the preset that the values are based on. */
  readonly preset: string;
  /** Epochs of the head. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Learning rate of the first step; `schedule` determines the later ones. */
  readonly learningRate: number;
  readonly schedule: 'constant' | 'cosine';
  /** L2 regularisation: weight in the loss of half the squared norm of the kernel. */
  readonly l2: number;
  /**
   * The same of the bias, which with `centred` is that for centred features; absent without a
   * `Prior`, whose own zero it keeps the bias close to.
   */
  readonly biasL2?: number;
  /** Fraction of the features that dropout sets to zero during training, 0 to below 1. */
  readonly dropout: number;
  /**
   * Whether the mean of the training features is subtracted from the features during the head's
   * training and folded into its bias afterwards. The model is of the same form, but Adam converges
   * faster.
   */
  readonly centred: boolean;
  /** Temperature that is assumed without validation photos; 1 leaves the logits unchanged. */
  readonly priorTemperature: number;
  /** Variants of each training photo that an epoch trains on, if `augmentation` is `all`. */
  readonly variants: readonly string[];
  /**
   * `all`: every epoch trains on all `variants`. `fresh`: each epoch trains on a new random
   * augmentation of each photo, like Keras's augmentation layers.
   */
  readonly augmentation: 'all' | 'fresh';
  /**
   * Test-time augmentation: variants of a picture over which the features, and the logits of a prior,
   * are averaged. The head is linear, so this is the mean of the logits, not of the probabilities.
   */
  readonly askedVariants: readonly string[];
  /**
   * `balanced`: photos of a rare class have a larger weight in the loss, so that all classes count
   * equally; see `balancedWeights`. Absent if all photos have the same weight.
   */
  readonly classWeights?: 'balanced';
  readonly seed: number;
  /** Absent if only the head is trained. */
  readonly fineTuning?: FineTuningOptions;
  /**
   * Id of the imported model whose head the training starts from, and which L2 regularisation keeps
   * it close to; absent if it starts from random weights.
   */
  readonly startsFrom?: string;
}

/** A class as it was when the model was trained. */
export interface ModelClass {
  readonly id: string;
  readonly name: string;
  /** As `ClassRecord.palette`. */
  readonly palette: number;
}

/** Describes a weight, without its values. */
export interface WeightSpec {
  /** Keras's name, such as `dense/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/** Validation metrics of a model; empty without validation photos. */
export type Validation = Pick<EpochMetrics, 'validationLoss' | 'validationAccuracy'>;

/** The result of a fine-tuning. */
export interface FineTuningResult {
  readonly options: FineTuningOptions;
  /** Number of trainable parameters, including those of the head. */
  readonly trainableParameters: number;
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights were used: the one with the lowest validation loss. */
  readonly epoch: number;
  /** As `ModelRecord.divergedAtEpoch`. */
  readonly divergedAtEpoch?: number;
  /** Validation metrics of the model with the head alone. */
  readonly before: Validation;
  /** Validation metrics of the fine-tuned model. */
  readonly after: Validation;
  /**
   * Whether the fine-tuned model was stored as a model of its own: validation did not get worse.
   */
  readonly kept: boolean;
  /** The model with the head alone, which stays stored. */
  readonly headModelId: string;
  /** Wall time of the fine-tuning without pauses, in seconds. */
  readonly seconds: number;
}

/** Why a new model did not become the active one; see `objectionTo`. */
export type Objection =
  | {
      readonly kind: 'fewer-right';
      /** Number of photos that were test photos of both models. */
      readonly count: number;
      /** Number of them that the new model classified correctly. */
      readonly correct: number;
      /** Number of them that the model in use classified correctly. */
      readonly correctInUse: number;
    }
  /** Its validation loss was no better than chance. */
  | { readonly kind: 'guesses' };

/** A trained head, the fine-tuned layers if any, and everything needed to use and evaluate them. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** Set if it was trained elsewhere and came in as a file: no photo of this library taught it. */
  readonly imported?: true;
  readonly base: {
    readonly id: string;
    /**
     * Display name, for when the base is no longer installed; absent in models from before database
     * version 3.
     */
    readonly name?: string;
    /** Side of the input in pixels. */
    readonly inputSize: number;
    /** Id of the features that the model was trained on; see `feature-space-id.ts`. */
    readonly featureSpaceId: string;
  };
  /**
   * In the order of the outputs. With two classes, the single logit is the evidence for the second.
   */
  readonly classes: readonly ModelClass[];
  readonly hyperparameters: Hyperparameters;
  /** Metrics of the head's epochs. */
  readonly history: readonly EpochMetrics[];
  /** The epoch in which the loss became NaN or infinite; the weights are those from before it. */
  readonly divergedAtEpoch?: number;
  /** The fine-tuning that made this model, or that started from it and was not kept. */
  readonly fineTuning?: FineTuningResult;
  /** Divides the logits to calibrate the probabilities; see evaluate/temperature.ts. */
  readonly temperature: number;
  /** Evaluation on the test photos; absent if there are none. */
  readonly test?: Evaluation;
  /** How an imported model did on test photos that are elsewhere; absent if that is not known. */
  readonly testedElsewhere?: { readonly count: number; readonly correct: number };
  /** Number of test photos that an imported data set keeps for testing; absent if there are none. */
  readonly testFromSet?: number;
  /**
   * Why it did not become the active model when it was stored. Absent if it did, and as soon as the
   * person uses it.
   */
  readonly objection?: Objection;
  /** SHA-256 of the training set; if the library's differs, the model is out of date. */
  readonly trainingSetHash: string;
  /** Ids of the photos in each split. */
  readonly photoIds: {
    readonly train: readonly string[];
    readonly validation: readonly string[];
    readonly test: readonly string[];
  };
  readonly backend: string;
  /** Wall time of the training in seconds, including the features but not pauses. */
  readonly seconds: number;
  /** `seconds` by stage; absent in older models. */
  readonly stageSeconds?: StageSeconds;
  /** Set if it has learned from no photo, and only what the base knows answers; never stored. */
  readonly untrained?: true;
  /** What the base's knowledge adds to the logits; absent if the head alone answers. */
  readonly prior?: Prior;
  /** Absent if the base knows nothing of the classes or is not asked, and in older models. */
  readonly priorChoice?: PriorChoice;
  /**
   * What the head reads besides the features of the last map: the last rows of its kernel. Absent if
   * it reads those alone.
   */
  readonly further?: FurtherFeatures;
  /** Absent if the base gives none or the training does not ask, and in older models. */
  readonly furtherChoice?: FurtherChoice;
  /**
   * In the order of the weight bytes: the head, the novelty model, the prior's predictor, the
   * fine-tuned layers. An imported model has no novelty model.
   */
  readonly weights: readonly WeightSpec[];
  /** SHA-256 of the weight bytes. */
  readonly sha256: string;
}

/** A stage of a training; `boundaries`: computing boundary activations for the fine-tuning. */
export type TrainingStage =
  | 'features'
  | 'head'
  | 'evaluation'
  | 'saving'
  | 'boundaries'
  | 'fineTuning';

/** Wall time of each stage of a training without pauses, in seconds. */
export type StageSeconds = Readonly<Partial<Record<TrainingStage, number>>>;

/** A deleted model that can still be restored. */
export interface DeletedModel {
  readonly model: ModelRecord;
  /** Milliseconds since the Unix epoch. */
  readonly deletedAt: number;
  /** Present if it was the active model, with the id of the next active one if there was any. */
  readonly wasActive?: { readonly successorId: string | undefined };
}
