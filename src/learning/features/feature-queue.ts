import { msg } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { VARIANTS, type Variant } from '../input/variants.ts';
import { listPhotos } from '../../photos/repository.ts';
import { Problem } from '../../platform/problem.ts';
import { onChange } from '../../storage/changes.ts';
import type { FeatureExtractor } from './feature-extractor.ts';
import { storedVariants } from './feature-store.ts';
import { storeOutputs } from './store-outputs.ts';

/** Photos that lack the same variants, and so can share a forward pass. */
interface Missing {
  readonly photoIds: string[];
  readonly variants: readonly Variant[];
}

/**
 * Computes the features of each photo as it arrives, so that training finds them ready. One run at
 * a time; a change of the library during a run is seen by the next one.
 */
export class FeatureQueue {
  /** Photos that could not be read, by id. */
  readonly unreadable = new Set<string>();
  /** Photos still to do in this run. */
  pending = 0;
  readonly #extractor: FeatureExtractor;
  readonly #watch: DeviceWatch;
  readonly #onProgress: () => void;
  readonly #onPicture: (seconds: number) => void;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  /** @param onPicture told what a picture of each batch took */
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
   * Starts to follow the library: now and after each change it catches up and then calls
   * `onCaughtUp`; `onFailure` hears of what broke off.
   *
   * @returns the way to stop
   */
  follow(onCaughtUp: () => Promise<void>, onFailure: (thrown: unknown) => void): () => void {
    const run = () =>
      void this.catchUp()
        .then(onCaughtUp)
        .catch((thrown: unknown) => {
          if (!this.#stopped) onFailure(thrown);
        });
    const unfollow = [onChange('photos', run), onChange('classes', run)];
    run();
    return () => {
      for (const end of unfollow) end();
      this.#stopped = true;
    };
  }

  /** Resolves when every photo in the library now has its features, or is known to be unreadable. */
  catchUp(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.pending = 0;
      this.#onProgress();
    });
    return this.#running;
  }

  /**
   * Computes more variants of some photos, those that are not stored yet.
   *
   * @param turn called after each batch; what it throws ends the work
   */
  async complete(
    photoIds: readonly string[],
    variants: readonly Variant[],
    turn: (share: number) => Promise<void>,
  ): Promise<void> {
    const groups = await this.#missing(photoIds, variants);
    const total = photosIn(groups);
    let done = 0;
    for (const group of groups) {
      await this.#compute(group, async (photos) => {
        done += photos;
        await turn(done / total);
      });
    }
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const photos = (await listPhotos()).map(({ id }) => id);
      const there = new Set(photos);
      // A photo that was deleted is not unreadable; should it come back, it is tried again.
      for (const id of this.unreadable) if (!there.has(id)) this.unreadable.delete(id);
      const groups = await this.#missing(photos, VARIANTS);
      this.pending = photosIn(groups);
      for (const group of groups) {
        this.#onProgress();
        await this.#compute(group, async (photos) => {
          this.pending -= photos;
          this.#onProgress();
          // Lets a live frame or a call in between.
          await new Promise((resolve) => setTimeout(resolve));
          if (this.#stopped)
            throw new Problem('stopped', msg('These features are no longer needed.'));
        });
      }
    }
  }

  async #missing(photoIds: readonly string[], wanted: readonly Variant[]): Promise<Missing[]> {
    const stored = await storedVariants(this.#extractor.featureSpaceId);
    const groups = new Map<string, Missing>();
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

  async #compute(group: Missing, onBatch: (photos: number) => Promise<void>): Promise<void> {
    const { inputSize, featureSpaceId } = this.#extractor;
    let began = performance.now();
    await storeOutputs({
      ...group,
      inputSize,
      featureSpaceId,
      run: (pixels) => this.#extractor.extract(pixels),
      watch: this.#watch,
      onUnreadable: (id) => this.unreadable.add(id),
      onBatch: async (photos) => {
        const seconds = (performance.now() - began) / 1000;
        this.#onPicture(seconds / (photos * group.variants.length));
        await onBatch(photos);
        began = performance.now();
      },
    });
  }
}

function photosIn(groups: readonly Missing[]): number {
  return groups.reduce((sum, { photoIds }) => sum + photoIds.length, 0);
}
