import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { precedence } from '../backend/precedence.ts';
import { VARIANTS, type Variant } from '../input/variants.ts';
import { listPhotos } from '../../photos/repository.ts';
import { Coalesced } from '../../platform/coalesced.ts';
import { Problem } from '../../platform/problem.ts';
import { onChange } from '../../storage/changes.ts';
import { completeVariants, type FeatureExtractor } from './feature-extractor.ts';
import { classCount } from './known-readout.ts';
import { storeOutputs } from './store-outputs.ts';

/** Photos that lack the same variants, so that they can share a forward pass. */
interface MissingFeatures {
  readonly photoIds: string[];
  readonly variants: readonly Variant[];
}

/** What happens while a queue follows the library. */
export interface Following {
  /** Called at each change of the photos or classes. */
  readonly onChange: () => void;
  /**
   * Called when all features have been computed. It is awaited: it never runs twice at a time, and
   * any number of changes meanwhile cause one more call.
   */
  readonly onCaughtUp: () => Promise<void>;
  /** Receives what was thrown by the computation or by `onCaughtUp`. */
  readonly onFailure: (thrown: unknown) => void;
}

/**
 * Computes the features of each photo as soon as it is added, so that they are ready when a
 * training starts. Runs do not overlap: if the library changes during a run, another run follows.
 */
export class FeatureQueue {
  /** Ids of the photos that could not be decoded. */
  readonly unreadable = new Set<string>();
  /** Photos whose features are still to be computed in this run. */
  pending = 0;
  readonly #extractor: FeatureExtractor;
  readonly #watch: DeviceWatch;
  readonly #onProgress: () => void;
  readonly #onPicture: (seconds: number) => void;
  readonly #running = new Coalesced(() => this.#run());
  #stopped = false;

  /**
   * @param onProgress called when `pending` or `unreadable` may have changed
   * @param onPicture receives the time per picture after each batch, in seconds
   */
  constructor(
    extractor: FeatureExtractor,
    watch: DeviceWatch,
    onProgress: () => void,
    onPicture: (seconds: number) => void = () => undefined,
  ) {
    this.#extractor = extractor;
    this.#watch = watch;
    this.#onProgress = onProgress;
    this.#onPicture = onPicture;
  }

  /**
   * Observes the library: computes missing features now and after each change of the photos or
   * classes.
   *
   * @returns a function that stops the queue
   */
  follow({ onChange: onLibraryChange, onCaughtUp, onFailure }: Following): () => void {
    const following = new Coalesced(async () => {
      await this.catchUp();
      if (!this.#stopped) await onCaughtUp();
    });
    const run = () => {
      following.run().catch((thrown: unknown) => {
        if (!this.#stopped) onFailure(thrown);
      });
    };
    const change = () => {
      onLibraryChange();
      run();
    };
    const unfollow = [onChange('photos', change), onChange('classes', change)];
    run();
    return () => {
      for (const end of unfollow) end();
      this.#stopped = true;
    };
  }

  /** Resolves when every photo now in the library has features or is marked as unreadable. */
  catchUp(): Promise<void> {
    return this.#running.run();
  }

  /**
   * Computes those variants of some photos that are not stored yet.
   *
   * @param onProgress awaited after each batch with the fraction that is done, 0 to 1; the work
   *   stops if it rejects
   */
  async complete(
    photoIds: readonly string[],
    variants: readonly Variant[],
    onProgress: (fraction: number) => Promise<void>,
  ): Promise<void> {
    const groups = await this.#missing(photoIds, variants);
    const total = countPhotos(groups);
    let done = 0;
    for (const group of groups) {
      await this.#compute(group, async (photos) => {
        done += photos;
        await onProgress(done / total);
      });
    }
  }

  async #run(): Promise<void> {
    if (this.#stopped) return;
    try {
      await this.#computeAll();
    } finally {
      this.pending = 0;
      this.#onProgress();
    }
  }

  async #computeAll(): Promise<void> {
    const photos = (await listPhotos()).map(({ id }) => id);
    const existing = new Set(photos);
    // If a deleted photo is restored, decoding it is tried again.
    for (const id of this.unreadable) if (!existing.has(id)) this.unreadable.delete(id);
    const groups = await this.#missing(photos, VARIANTS);
    this.pending = countPhotos(groups);
    for (const group of groups) {
      this.#onProgress();
      await precedence.whenFree();
      await this.#compute(group, async (photos) => {
        this.pending -= photos;
        this.#onProgress();
        // Yields to the event loop, so that a live frame or a call is not delayed.
        await new Promise((resolve) => setTimeout(resolve));
        await precedence.whenFree();
        if (this.#stopped)
          throw new Problem('stopped', msg('These features are no longer needed.'));
      });
    }
  }

  async #missing(
    photoIds: readonly string[],
    wanted: readonly Variant[],
  ): Promise<MissingFeatures[]> {
    const stored = await completeVariants(this.#extractor);
    const groups = new Map<string, MissingFeatures>();
    for (const id of photoIds) {
      const variants = wanted.filter((variant) => !stored.get(id)?.has(variant));
      if (variants.length === 0 || this.unreadable.has(id)) continue;
      const key = variants.join();
      const group = groups.get(key) ?? { variants, photoIds: [] };
      group.photoIds.push(id);
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  async #compute(
    group: MissingFeatures,
    onBatch: (photos: number) => Promise<void>,
  ): Promise<void> {
    const { inputSize, batchPictures, featureSpaceId, known, further } = this.#extractor;
    let batchStart = performance.now();
    await storeOutputs({
      ...group,
      inputSize,
      batchPictures,
      featureSpaceId,
      apart: { known: known ? classCount(known) : 0, further: further?.length ?? 0 },
      read: (pictures) => this.#extractor.readOutputs(pictures, this.#watch),
      onUnreadable: (id) => this.unreadable.add(id),
      onBatch: async (photos) => {
        const seconds = (performance.now() - batchStart) / 1000;
        this.#onPicture(seconds / (photos * group.variants.length));
        await onBatch(photos);
        batchStart = performance.now();
      },
    });
  }
}

function countPhotos(groups: readonly MissingFeatures[]): number {
  return groups.reduce((sum, { photoIds }) => sum + photoIds.length, 0);
}
