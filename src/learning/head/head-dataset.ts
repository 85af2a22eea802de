import { loadFeatures } from '../features/feature-store.ts';
import type { PhotoRecord } from '../../photos/record.ts';
import type { Split } from '../../photos/stable-split.ts';
import type { LabelledFeatures } from './train-head.ts';

/** The photos of a training by side of the split, and their cached features. */
export class HeadDataset {
  readonly #space: string;
  readonly #featureLength: number;
  readonly #classIds: readonly string[];
  readonly #sides: Readonly<Record<Split, PhotoRecord[]>>;

  /**
   * @param photos all that have features; those of other classes are left out
   * @param classIds in the order of the model's outputs
   */
  constructor(
    space: string,
    featureLength: number,
    classIds: readonly string[],
    photos: readonly PhotoRecord[],
  ) {
    this.#space = space;
    this.#featureLength = featureLength;
    this.#classIds = classIds;
    // Oldest first: the order, and so a training with the same seed, does not change with a query.
    const known = photos
      .filter(({ classId }) => classIds.includes(classId))
      .sort((a, b) => a.createdAt - b.createdAt);
    const side = (split: Split) => known.filter((photo) => photo.split === split);
    this.#sides = { train: side('train'), validation: side('validation'), test: side('test') };
  }

  get counts(): Record<Split, number> {
    const { train, validation, test } = this.#sides;
    return { train: train.length, validation: validation.length, test: test.length };
  }

  photoIds(split: Split): string[] {
    return this.#sides[split].map(({ id }) => id);
  }

  /** Ids of the classes that no training photo belongs to. */
  get untaught(): string[] {
    const taught = new Set(this.#sides.train.map(({ classId }) => classId));
    return this.#classIds.filter((id) => !taught.has(id));
  }

  /** Features and labels of one side, variant behind variant. */
  async load(split: Split, variants: readonly string[]): Promise<LabelledFeatures> {
    const photos = this.#sides[split];
    const ids = this.photoIds(split);
    const size = ids.length * this.#featureLength;
    const features = new Float32Array(variants.length * size);
    const labels = new Uint8Array(variants.length * ids.length);
    for (const [v, variant] of variants.entries()) {
      features.set(await loadFeatures(this.#space, ids, variant, this.#featureLength), v * size);
      photos.forEach((photo, p) => {
        labels[v * ids.length + p] = this.#classIds.indexOf(photo.classId);
      });
    }
    return { features, labels };
  }
}
