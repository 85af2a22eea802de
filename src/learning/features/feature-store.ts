import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { read, write } from '../../storage/database.ts';
import type { StoredFeatures } from '../../storage/schema.ts';

/**
 * What is stored beside the features of each variant, under a variant that begins with this word:
 * the logits of the known classes, the further features.
 */
const PARTS = ['known', 'further'] as const;

/** One of `PARTS`. */
export type StoredPart = (typeof PARTS)[number];

/** The variant under which the known classes' logits of a variant are stored. */
export function knownVariant(variant: string): string {
  return partVariant('known', variant);
}

/** The variant under which the further features of a variant are stored. */
export function furtherVariant(variant: string): string {
  return partVariant('further', variant);
}

function partVariant(part: StoredPart, variant: string): string {
  return `${part} ${variant}`;
}

/** The variant that a stored variant is a part of; undefined if it is none. */
function wholeOf(variant: string): string | undefined {
  const part = PARTS.find((each) => variant.startsWith(`${each} `));
  return part && variant.slice(part.length + 1);
}

/**
 * The variants of each photo that have stored features, by photo id.
 *
 * @param parts counts only variants for which these are stored too; none by default
 */
export async function storedVariants(
  featureSpaceId: string,
  parts: readonly StoredPart[] = [],
): Promise<Map<string, Set<string>>> {
  const keys = await read(['features'], (transaction) =>
    transaction.objectStore('features').getAllKeys(spaceRange(featureSpaceId)),
  );
  const all = new Map<string, Set<string>>();
  for (const [, photoId, variant] of keys) {
    all.set(photoId, (all.get(photoId) ?? new Set()).add(variant));
  }
  const isComplete = (variant: string, variants: ReadonlySet<string>) =>
    wholeOf(variant) === undefined &&
    parts.every((part) => variants.has(partVariant(part, variant)));
  for (const [photoId, variants] of all) {
    all.set(photoId, new Set([...variants].filter((variant) => isComplete(variant, variants))));
  }
  return all;
}

/**
 * Stores the features of some photos in one transaction. Features of a photo that has been deleted
 * in the meantime are dropped, unless the photo can still be restored.
 */
export async function storeFeatures(features: readonly StoredFeatures[]): Promise<void> {
  await write(['photos', 'deletedPhotos', 'features'], async (transaction) => {
    for (const row of features) {
      const { photoId } = row;
      const photoKey =
        (await transaction.objectStore('photos').getKey(photoId)) ??
        (await transaction.objectStore('deletedPhotos').getKey(photoId));
      if (photoKey !== undefined) {
        await transaction.objectStore('features').put(row);
      }
    }
  });
}

/**
 * Loads one variant's features of some photos.
 *
 * @returns float32 `[photoIds.length, featureLength]`, row-major, in the order of `photoIds`
 * @throws Problem `gone` if a photo has no features of that length
 */
export function loadFeatures(
  featureSpaceId: string,
  photoIds: readonly string[],
  variant: string,
  featureLength: number,
): Promise<Float32Array> {
  const rows = photoIds.map((photoId) => ({ photoId, variant }));
  return loadRows(featureSpaceId, rows, featureLength);
}

/**
 * Loads the features of any combination of photos and variants.
 *
 * @param length numbers per row
 * @returns float32 `[rows.length, length]`, row-major
 * @throws Problem `gone` if there are no features of that length for a row
 */
export async function loadRows(
  featureSpaceId: string,
  rows: readonly { readonly photoId: string; readonly variant: string }[],
  length: number,
): Promise<Float32Array> {
  const stored = await read(['features'], (transaction) => {
    const store = transaction.objectStore('features');
    return Promise.all(
      rows.map(({ photoId, variant }) => store.get([featureSpaceId, photoId, variant])),
    );
  });
  const matrix = new Float32Array(rows.length * length);
  stored.forEach((row, index) => {
    if (row?.values.byteLength !== 4 * length) {
      const { photoId, variant } = rows[index]!;
      throw new Problem('gone', msg('A photo of this training is no longer there. Train again.'), {
        cause: `no ${variant} of ${photoId} in ${featureSpaceId}`,
      });
    }
    matrix.set(new Float32Array(row.values), index * length);
  });
  return matrix;
}

/** Ids of the feature spaces that have any stored features. */
export async function storedFeatureSpaceIds(): Promise<string[]> {
  return read(['features'], async (transaction) => {
    const ids: string[] = [];
    let cursor = await transaction.objectStore('features').openKeyCursor();
    while (cursor) {
      const [id] = cursor.key;
      ids.push(id);
      // Skips to the first key of the next feature space.
      cursor = await cursor.continue([id, [], ''] as unknown as typeof cursor.key);
    }
    return ids;
  });
}

/**
 * Deletes the features of a feature space.
 *
 * @param variants the variants to delete; all by default
 */
export async function deleteFeatures(
  featureSpaceId: string,
  variants?: readonly string[],
): Promise<void> {
  await write(['features'], async (transaction) => {
    const store = transaction.objectStore('features');
    if (!variants) return store.delete(spaceRange(featureSpaceId));
    for (const key of await store.getAllKeys(spaceRange(featureSpaceId))) {
      if (variants.includes(wholeOf(key[2]) ?? key[2])) await store.delete(key);
    }
  });
}

/** The range of all keys of a feature space. */
function spaceRange(featureSpaceId: string): IDBKeyRange {
  // In IndexedDB an array sorts after every string, so this upper bound follows every photo id.
  return IDBKeyRange.bound([featureSpaceId], [featureSpaceId, []]);
}
