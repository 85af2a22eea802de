import type {
  EngineOptions,
  EngineInfo,
  EngineStatus,
  CallId,
  EngineMemory,
} from '../../records/engine.ts';
import type { TrainOptions, TrainProgress, TrainingEstimate } from '../../records/training.ts';
import type { ModelRecord } from '../../records/model.ts';
import type {
  ClassifyOptions,
  Classification,
  LibraryPredictions,
} from '../../records/classification.ts';
import type { SummaryOptions, ModelSummaries, TunableBlock } from '../../records/summary.ts';

/** What the worker does for a page. Every rejection is a `ProblemData`. */
export interface LearningService {
  /**
   * Chooses a backend, loads the base, runs the self-test, loads the active model, and from then
   * on computes the features of each photo that arrives. Rejects when nothing can be trusted.
   */
  start(options: EngineOptions): Promise<EngineInfo>;

  /** Calls back now and after each change. */
  observe(onStatus: (status: EngineStatus) => void): void;

  /**
   * Trains on the library's photos and stores what comes of it: the head, which becomes the active
   * model, and then, where the options say so, a fine-tuned model, which becomes the active one if
   * validation does not get worse. After each epoch a checkpoint is stored.
   *
   * @returns the model that is active at the end
   * @throws Problem `options` when one of them cannot be computed with, `too-few` when a class has no
   *   training photo, `busy` while another one runs here
   *   or in another tab, `cancelled`, `not-finite` when the loss is no number, `gone` when a photo was
   *   deleted meanwhile, `base` where this base cannot be fine-tuned; the previous model then stays
   */
  train(
    call: CallId,
    options: TrainOptions,
    onProgress: (progress: TrainProgress) => void,
  ): Promise<ModelRecord>;

  /**
   * Goes on with the unfinished training, as if it had not been interrupted: on the same backend,
   * bit for bit.
   *
   * @throws Problem as `train`; `no-checkpoint` when there is none, `other-base` when it ran on another base
   *   or at another input size
   */
  resumeTraining(call: CallId, onProgress: (progress: TrainProgress) => void): Promise<ModelRecord>;

  /** Forgets the unfinished training; the models that it has stored stay. */
  discardTraining(): Promise<void>;

  /** Lets a training rest at the end of the batch or epoch. */
  pause(call: CallId): void;

  /** Lets a paused training go on. */
  resumePaused(call: CallId): void;

  /** Ends a training, and forgets where it was; or ends a judgement. */
  cancel(call: CallId): void;

  /**
   * Classifies one picture. It is closed afterwards, whatever happens.
   *
   * @throws Problem `no-model` before the first training
   */
  classify(frame: VideoFrame | ImageBitmap, options?: ClassifyOptions): Promise<Classification>;

  /**
   * What the model that `classify` answers with says of every photo of the library, those that it
   * learned from among them. Features that are missing are waited for.
   *
   * @param onProgress share of the missing features that is there, 0 to 1; not called when none is
   * @throws Problem `no-model` before the first training, `cancelled`
   */
  predictLibrary(call: CallId, onProgress: (share: number) => void): Promise<LibraryPredictions>;

  /**
   * The first `count` random augmentations of a photo, each 160 px square, the same ones every time.
   * Needs neither a base nor a model, so it answers before and while `start` runs.
   *
   * @throws Problem `photo` when the photo is gone or cannot be read
   */
  augmented(photoId: string, count: number): Promise<ImageBitmap[]>;

  /** What TensorFlow.js holds now. */
  memory(): EngineMemory;

  /**
   * How long a training with these options is going to take, at the pace of this device.
   *
   * @throws Problem `options` when one of them cannot be computed with
   */
  estimate(options: TrainOptions): Promise<TrainingEstimate>;

  /** @returns undefined for a GraphModel, which does not tell its layers */
  summaries(options?: SummaryOptions): Promise<ModelSummaries | undefined>;

  /** Places from which on the base can be fine-tuned, the deepest into it first; none where it cannot. */
  tunableBlocks(): readonly TunableBlock[];
}
