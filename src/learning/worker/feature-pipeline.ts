import type { ActiveBackend } from '../backend/backends.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { FeatureQueue, type Following } from '../features/feature-queue.ts';
import { BackgroundTraining } from '../training/background-training.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';

/**
 * Everything that works with one kind of features, those of the base or those of a fine-tuned
 * model: it computes them for each photo and trains on them in the background.
 */
export class FeaturePipeline {
  readonly extractor: FeatureExtractor;
  readonly queue: FeatureQueue;
  readonly background: BackgroundTraining;
  #unfollow: () => void = () => undefined;

  /**
   * @param extractor computes the features; the pipeline disposes it
   * @param onProgress called when the number of pending or unreadable photos changes
   * @param throughput records how long the work takes
   */
  constructor(
    extractor: FeatureExtractor,
    backend: ActiveBackend,
    onProgress: () => void,
    throughput?: DeviceThroughput,
  ) {
    this.extractor = extractor;
    this.queue = new FeatureQueue(extractor, backend.watch, onProgress, (picture) =>
      throughput?.record({ picture }),
    );
    this.background = new BackgroundTraining(extractor, backend, throughput);
  }

  /**
   * Computes missing features at each change of the library from now on.
   *
   * @param onCaughtUp as in `Following`
   */
  follow(onCaughtUp: Following['onCaughtUp']): void {
    this.#unfollow = this.queue.follow({
      // The photos that the background training learns from have changed.
      onChange: () => this.background.stop(),
      onCaughtUp,
      onFailure: (thrown) => {
        // The queue tries again at the next change of the library, and when a training needs
        // features.
        console.error('Features could not be computed.', thrown);
      },
    });
  }

  dispose(): void {
    this.#unfollow();
    this.background.stop();
    this.extractor.dispose();
  }
}
