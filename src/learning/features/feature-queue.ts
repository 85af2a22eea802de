import * as tf from '@tensorflow/tfjs-core';
import type { GpuWatch } from '../backend/gpu-watch.ts';
import { photoPixels } from '../input/model-pixels.ts';
import { VARIANTS, variantBatch, type Variant } from '../input/variants.ts';
import { getImage, listPhotos } from '../../photos/repository.ts';
import { onChange } from '../../storage/changes.ts';
import type { FeatureExtractor } from './feature-extractor.ts';
import { storedVariants, storeFeatures } from './feature-store.ts';

/** Photos of one forward pass, each in its variants: bounds the memory, and the wait of a live frame. */
const BATCH_PHOTOS = 4;

/** Photos that lack the same variants, and so can share a forward pass. */
interface Batch {
  readonly photoIds: readonly string[];
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
  readonly #gpu: GpuWatch | undefined;
  readonly #onProgress: () => void;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(extractor: FeatureExtractor, gpu: GpuWatch | undefined, onProgress: () => void) {
    this.#extractor = extractor;
    this.#gpu = gpu;
    this.#onProgress = onProgress;
  }

  /**
   * Starts to follow the library: now and after each change it catches up and then calls
   * `onCaughtUp`; `onFailure` hears of what broke off.
   */
  follow(onCaughtUp: () => Promise<void>, onFailure: (thrown: unknown) => void): void {
    const run = () => void this.catchUp().then(onCaughtUp).catch(onFailure);
    onChange('photos', run);
    run();
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

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const batches = await this.#missing();
      let left = batches.reduce((sum, { photoIds }) => sum + photoIds.length, 0);
      for (const batch of batches) {
        this.pending = left;
        this.#onProgress();
        await this.#compute(batch);
        left -= batch.photoIds.length;
        // Lets a live frame or a call in between.
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
  }

  async #missing(): Promise<Batch[]> {
    const stored = await storedVariants(this.#extractor.space);
    const photos = await listPhotos();
    const there = new Set(photos.map(({ id }) => id));
    // A photo that was deleted is not unreadable; should it come back, it is tried again.
    for (const id of this.unreadable) if (!there.has(id)) this.unreadable.delete(id);
    const groups = new Map<string, { variants: Variant[]; photoIds: string[] }>();
    for (const { id } of photos) {
      const variants = VARIANTS.filter((variant) => !stored.get(id)?.has(variant));
      if (variants.length === 0 || this.unreadable.has(id)) continue;
      const key = variants.join();
      const group = groups.get(key) ?? { variants, photoIds: [] };
      group.photoIds.push(id);
      groups.set(key, group);
    }
    return [...groups.values()].flatMap(({ variants, photoIds }) =>
      Array.from({ length: Math.ceil(photoIds.length / BATCH_PHOTOS) }, (_, batch) => ({
        variants,
        photoIds: photoIds.slice(batch * BATCH_PHOTOS, (batch + 1) * BATCH_PHOTOS),
      })),
    );
  }

  async #compute({ photoIds, variants }: Batch): Promise<void> {
    const { inputSize, space } = this.#extractor;
    const ids: string[] = [];
    const pictures: Uint8ClampedArray[] = [];
    for (const photoId of photoIds) {
      const image = await getImage(photoId);
      try {
        if (!image) throw new Error('No bytes');
        pictures.push(await photoPixels(image.bytes, image.type, inputSize));
        ids.push(photoId);
      } catch {
        this.unreadable.add(photoId);
      }
    }
    if (ids.length === 0) return;
    const features = tf.tidy(() =>
      this.#extractor.extract(variantBatch(pictures, variants, inputSize)),
    );
    const length = features.shape[1];
    const values = (await features.data()) as Float32Array;
    features.dispose();
    this.#gpu?.assertHealthy();
    const row = (index: number) => values.slice(index * length, (index + 1) * length).buffer;
    await storeFeatures(
      variants.flatMap((variant, v) =>
        ids.map((photoId, p) => ({ photoId, space, variant, values: row(v * ids.length + p) })),
      ),
    );
  }
}
