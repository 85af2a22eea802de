import type {
  EngineOptions,
  EngineInfo,
  EngineStatus,
  CallId,
  EngineMemory,
} from '../../records/engine.ts';
import type { TrainOptions, TrainProgress, TrainingEstimate } from '../../records/training.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { ModelRecord } from '../../records/model.ts';
import type {
  ClassifyOptions,
  Classification,
  LibraryPredictions,
} from '../../records/classification.ts';
import type { SummaryOptions, ModelSummaries, TunableBlock } from '../../records/summary.ts';

/**
 * The calls from a page to the learning worker. Every rejection reaches the page as a `Problem`.
 */
export interface LearningService {
  /**
   * Chooses a backend, loads the base, runs the self-test, loads the active model, and from then on
   * computes the features of each new photo.
   *
   * @throws Problem `base` when no base can be read, `no-backend` when no backend passes the
   *   self-test
   */
  start(options: EngineOptions): Promise<EngineInfo>;

  /** Whether the page is hidden: the worker then gives its helper threads back. */
  setHidden(isHidden: boolean): void;

  /** Calls `onStatus` at once and after each change of the status. */
  observe(onStatus: (status: EngineStatus) => void): void;

  /**
   * Trains a head on the library's photos, stores it and makes it the active model. If the options
   * ask for fine-tuning, then fine-tunes the base, stores that model too, and makes it the active
   * one if its validation result is not worse. Stores a checkpoint after each epoch.
   *
   * @param modelId id of the model with the head, by which `resumeTraining` finds this training
   * @returns the model that is active at the end
   * @throws Problem `options` when an option is out of range, `too-few` when a class has no
   *   training photo, `busy` while another training runs in this tab or another one, `cancelled`,
   *   `not-finite` when the loss is not a finite number, `gone` when a photo was deleted during the
   *   training, `base` when this base cannot be fine-tuned. The previous model then stays active.
   */
  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
    modelId: string,
  ): Promise<ModelRecord>;

  /**
   * Resumes the unfinished training from its checkpoint. On the same backend the result is bit for
   * bit that of a training without interruption.
   *
   * @param modelId resumes only the training that was given this id; by default any training
   * @throws Problem as `train`; `no-checkpoint` when there is no such checkpoint, `other-base` when
   *   the training ran on another base or at another input size
   */
  resumeTraining(
    call: CallId,
    onProgress: (progress: TrainProgress) => void,
    modelId?: string,
  ): Promise<ModelRecord>;

  /** Deletes the checkpoints of the unfinished training; the models that it stored stay. */
  discardTraining(): Promise<void>;

  /** Pauses a training at the end of the current batch or epoch. */
  pause(call: CallId): void;

  /** Continues a paused training. */
  resumePaused(call: CallId): void;

  /** Ends a training and deletes its checkpoints, or ends a `predictLibrary` call. */
  cancel(call: CallId): void;

  /**
   * Classifies one picture and closes it, also if it fails.
   *
   * @throws Problem `no-model` before the first training
   */
  classify(frame: VideoFrame | ImageBitmap, options?: ClassifyOptions): Promise<Classification>;

  /**
   * Where a picture has what the library's classes are (see `soughtClasses`), and closes the
   * picture, also if it fails.
   *
   * @returns the surest first; undefined if the base cannot say
   */
  findBoxes(picture: ImageBitmap): Promise<FoundBox[] | undefined>;

  /**
   * Predicts the class of every photo of the library, including the training photos, with the model
   * that `classify` uses. Waits until missing features are computed.
   *
   * @param onProgress reports the fraction of the missing features that are computed, 0 to 1; not
   *   called if none are missing
   * @throws Problem `no-model` before the first training, `cancelled`
   */
  predictLibrary(call: CallId, onProgress: (fraction: number) => void): Promise<LibraryPredictions>;

  /**
   * The first `count` random augmentations of a photo, each 160 px square; a photo always gets the
   * same ones. Needs neither a base nor a model, so it works before `start` has finished.
   *
   * @throws Problem `photo` when the photo is missing or cannot be read
   */
  augmented(photoId: string, count: number): Promise<ImageBitmap[]>;

  /** The memory and the threads that the worker uses now. */
  memory(): EngineMemory;

  /**
   * Estimates how long a training with these options takes, from the measured throughput of this
   * device.
   *
   * @throws Problem `options` when an option is out of range
   */
  estimate(options: TrainOptions): Promise<TrainingEstimate>;

  /** @returns summaries as Keras prints them; undefined for a GraphModel, which lists no layers */
  summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined>;

  /**
   * The blocks at which fine-tuning can begin, in the order of the network; empty if the base
   * cannot be fine-tuned.
   */
  tunableBlocks(): Promise<readonly TunableBlock[]>;
}
