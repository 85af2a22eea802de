import { loadFeatures } from '../features/feature-store.ts';
import { countByClass } from '../../photos/count-by-class.ts';
import type { PhotoRecord } from '../../photos/record.ts';
import type { Split } from '../../photos/stable-split.ts';
import { sha256 } from '../../sha256.ts';
import type { LabelledFeatures } from './train-head.ts';

/** The photos of a training by side of the split, and their cached features. */
export class HeadDataset {
  readonly #space: string;
  readonly #featureLength: number;
  readonly #classIds: readonly string[];
  readonly #sides: Readonly<Record<Split, PhotoRecord[]>>;
  readonly #loaded = new Map<string, Promise<Float32Array>>();

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

  /** Ids of the classes that have fewer training photos than this. */
  classesBelow(fewest: number): string[] {
    const counts = countByClass(this.#sides.train);
    return this.#classIds.filter((id) => (counts.get(id) ?? 0) < fewest);
  }

  /** SHA-256 of the training photos and their labels. */
  lessons(): Promise<string> {
    const lines = this.#sides.train.map(({ id, classId }) => `${id} ${classId}`);
    return sha256(new TextEncoder().encode(lines.join('\n')));
  }

  /** Features and labels of one side, variant behind variant. */
  async load(split: Split, variants: readonly string[]): Promise<LabelledFeatures> {
    const matrices = await this.#loadVariants(split, variants);
    const length = matrices.reduce((sum, matrix) => sum + matrix.length, 0);
    const features = new Float32Array(length);
    let at = 0;
    for (const matrix of matrices) {
      features.set(matrix, at);
      at += matrix.length;
    }
    const labels = this.#labels(split);
    return { features, labels: Uint8Array.from(variants.flatMap(() => [...labels])) };
  }

  /**
   * Features of one side, each the mean over its variants: a head is linear, so its answer to the
   * mean is the mean of its answers.
   */
  async loadMean(split: Split, variants: readonly string[]): Promise<LabelledFeatures> {
    const matrices = await this.#loadVariants(split, variants);
    const features = matrices[0]!.map(
      (_, i) => matrices.reduce((sum, matrix) => sum + matrix[i]!, 0) / matrices.length,
    );
    return { features, labels: this.#labels(split) };
  }

  #loadVariants(split: Split, variants: readonly string[]): Promise<Float32Array[]> {
    return Promise.all(variants.map((variant) => this.#loadVariant(split, variant)));
  }

  /** Each variant of each side is read from storage once. */
  #loadVariant(split: Split, variant: string): Promise<Float32Array> {
    const key = `${split} ${variant}`;
    const loading =
      this.#loaded.get(key) ??
      loadFeatures(this.#space, this.photoIds(split), variant, this.#featureLength);
    this.#loaded.set(key, loading);
    return loading;
  }

  #labels(split: Split): Uint8Array {
    return Uint8Array.from(this.#sides[split], ({ classId }) => this.#classIds.indexOf(classId));
  }
}
