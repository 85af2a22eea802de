import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
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

/**
 * Stores the features of some photos in one transaction; those of a photo gone meanwhile are dropped,
 * unless it can still be brought back.
 */
export async function storeFeatures(features: readonly StoredFeatures[]): Promise<void> {
  await write(['photos', 'deletedPhotos', 'features'], async (transaction) => {
    for (const row of features) {
      const { photoId } = row;
      const isThere =
        (await transaction.objectStore('photos').getKey(photoId)) ??
        (await transaction.objectStore('deletedPhotos').getKey(photoId));
      if (isThere !== undefined) {
        await transaction.objectStore('features').put(row);
      }
    }
  });
}

/**
 * Features of some photos, in their order.
 *
 * @returns float32 `[photoIds.length, featureLength]`, row behind row
 * @throws Problem `gone` when a photo has none of the wanted length
 */
export function loadFeatures(
  space: string,
  photoIds: readonly string[],
  variant: string,
  featureLength: number,
): Promise<Float32Array> {
  const rows = photoIds.map((photoId) => ({ photoId, variant }));
  return loadRows(space, rows, featureLength);
}

/** The same of any photos and variants. */
export async function loadRows(
  space: string,
  rows: readonly { readonly photoId: string; readonly variant: string }[],
  length: number,
): Promise<Float32Array> {
  const stored = await read(['features'], (transaction) => {
    const store = transaction.objectStore('features');
    return Promise.all(rows.map(({ photoId, variant }) => store.get([space, photoId, variant])));
  });
  const matrix = new Float32Array(rows.length * length);
  stored.forEach((row, index) => {
    if (row?.values.byteLength !== 4 * length) {
      const { photoId, variant } = rows[index]!;
      throw new Problem('gone', msg('A photo of this training is no longer there. Train again.'), {
        cause: `no ${variant} of ${photoId} in ${space}`,
      });
    }
    matrix.set(new Float32Array(row.values), index * length);
  });
  return matrix;
}

/** Spaces that anything is stored of. */
export async function storedFeatureSpaceIds(): Promise<string[]> {
  return read(['features'], async (transaction) => {
    const spaces: string[] = [];
    let cursor = await transaction.objectStore('features').openKeyCursor();
    while (cursor) {
      const [space] = cursor.key;
      spaces.push(space);
      // Past the last key of this space.
      cursor = await cursor.continue([space, [], ''] as unknown as typeof cursor.key);
    }
    return spaces;
  });
}

/** Forgets the features of a space, or those of some variants of it. */
export async function deleteFeatures(space: string, variants?: readonly string[]): Promise<void> {
  await write(['features'], async (transaction) => {
    const store = transaction.objectStore('features');
    if (!variants) return store.delete(spaceRange(space));
    for (const key of await store.getAllKeys(spaceRange(space))) {
      if (variants.includes(key[2])) await store.delete(key);
    }
  });
}

function spaceRange(space: string): IDBKeyRange {
  // An array sorts behind every string, so it ends the range of a space.
  return IDBKeyRange.bound([space], [space, []]);
}
