import type { ActiveBackend } from '../backend/backends.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { FeatureQueue } from '../features/feature-queue.ts';
import { BackgroundTraining } from '../training/background-training.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';

/**
 * Features of one kind, those of the base or those of a fine-tuned model: what computes them for each
 * photo, and the training in the background that learns from them.
 */
export class FeaturePipeline {
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly background: BackgroundTraining;
  #unfollow: () => void = () => undefined;

  /**
   * @param extractor the space's own
   * @param pace where it is noted what the work takes
   */
  constructor(
    extractor: FeatureExtractor,
    backend: ActiveBackend,
    onProgress: () => void,
    pace?: DeviceThroughput,
  ) {
    this.extractor = extractor;
    this.queue = new FeatureQueue(extractor, backend.watch, onProgress, (picture) =>
      pace?.record({ picture }),
    );
    this.background = new BackgroundTraining(extractor, backend, pace);
  }

  /** Keeps up with the library from now on, and calls back each time that it has caught up. */
  follow(onCaughtUp: () => Promise<void>): void {
    this.#unfollow = this.queue.follow(onCaughtUp, (thrown) => {
      // It tries again at the next change of the library, and when a training needs the features.
      console.error('Features could not be computed.', thrown);
    });
  }

  dispose(): void {
    this.#unfollow();
    this.background.stop();
    this.extractor.dispose();
  }
}
