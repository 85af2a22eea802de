import { read, write } from '../../storage/database.ts';
import type { StoredFeatures } from '../../storage/schema.ts';

/** Which variants of each photo have features in a space, by photo id. */
export async function storedVariants(space: string): Promise<Map<string, Set<string>>> {
  const keys = await read(['features'], (transaction) =>
    transaction.objectStore('features').getAllKeys(spaceRange(space)),
  );
  const stored = new Map<string, Set<string>>();
  for (const [, photoId, variant] of keys) {
    stored.set(photoId, (stored.get(photoId) ?? new Set()).add(variant));
  }
  return stored;
}

/** Stores the features of some photos in one transaction; those of a photo gone meanwhile are dropped. */
export async function storeFeatures(features: readonly StoredFeatures[]): Promise<void> {
  await write(['photos', 'features'], async (transaction) => {
    for (const row of features) {
      if (await transaction.objectStore('photos').getKey(row.photoId)) {
        await transaction.objectStore('features').put(row);
      }
    }
  });
}

/**
 * Features of some photos, in their order.
 *
 * @returns float32 `[photoIds.length, featureLength]`, row behind row
 * @throws Error when a photo has none of the wanted length
 */
export async function loadFeatures(
  space: string,
  photoIds: readonly string[],
  variant: string,
  featureLength: number,
): Promise<Float32Array> {
  const rows = await read(['features'], (transaction) => {
    const store = transaction.objectStore('features');
    return Promise.all(photoIds.map((photoId) => store.get([space, photoId, variant])));
  });
  const matrix = new Float32Array(photoIds.length * featureLength);
  rows.forEach((row, index) => {
    if (row?.values.byteLength !== 4 * featureLength) {
      throw new Error(`No ${variant} features of photo ${photoIds[index]}`);
    }
    matrix.set(new Float32Array(row.values), index * featureLength);
  });
  return matrix;
}

function spaceRange(space: string): IDBKeyRange {
  // An array sorts behind every string, so it ends the range of a space.
  return IDBKeyRange.bound([space], [space, []]);
}
