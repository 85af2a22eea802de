import { expect, type Page } from '@playwright/test';
import { count } from './figures.ts';

/** A photo as the database has it. */
export interface StoredPhoto {
  readonly id: string;
  readonly sha256: string;
  readonly classId: string;
}

interface StoredLibrary {
  readonly photos: readonly StoredPhoto[];
  /** What is wrong with it: a photo without its bytes, bytes without their photo, a wrong hash. */
  readonly torn: readonly string[];
}

/** Reads the library without the app's own code, and hashes every picture in it. */
async function readLibrary(page: Page): Promise<StoredLibrary> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('purrceptron');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error!);
    });
    const stores = ['photos', 'deletedPhotos', 'images', 'thumbnails'];
    const transaction = database.transaction(stores);
    const [photos, deleted, images, thumbnails] = await Promise.all(
      stores.map(
        (store) =>
          new Promise<unknown[]>((resolve, reject) => {
            const getting = transaction.objectStore(store).getAll();
            getting.onsuccess = () => resolve(getting.result);
            getting.onerror = () => reject(getting.error!);
          }),
      ),
    );
    database.close();
    const records = photos as { id: string; sha256: string; classId: string; bytes: number }[];
    const trash = (deleted as { photo: (typeof records)[number] }[]).map(({ photo }) => photo);
    const bytesOf = new Map(
      (images as { photoId: string; bytes: ArrayBuffer }[]).map((i) => [i.photoId, i.bytes]),
    );
    const small = new Map(
      (thumbnails as { photoId: string; bytes: ArrayBuffer }[]).map((i) => [i.photoId, i.bytes]),
    );
    const torn: string[] = [];
    for (const { id, sha256, bytes } of [...records, ...trash]) {
      const picture = bytesOf.get(id);
      if (!picture) torn.push(`${id} has no bytes`);
      else {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', picture));
        const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        if (hash !== sha256) torn.push(`${id} has other bytes`);
        if (picture.byteLength !== bytes) torn.push(`${id} has not the length it states`);
      }
      if (!small.get(id)?.byteLength) torn.push(`${id} has no thumbnail`);
      bytesOf.delete(id);
      small.delete(id);
    }
    for (const id of bytesOf.keys()) torn.push(`bytes of ${id}, which is no photo`);
    for (const id of small.keys()) torn.push(`a thumbnail of ${id}, which is no photo`);
    return {
      photos: records.map(({ id, sha256, classId }) => ({ id, sha256, classId })),
      torn,
    };
  });
}

/**
 * Expects that every photo which was acknowledged is there, bit for bit, and that nothing of any
 * other photo is there by half.
 *
 * @param acknowledged SHA-256 of the photos' bytes by id
 */
export async function expectNothingLost(
  page: Page,
  acknowledged: ReadonlyMap<string, string>,
): Promise<readonly StoredPhoto[]> {
  const { photos, torn } = await readLibrary(page);
  const there = new Map(photos.map(({ id, sha256 }) => [id, sha256]));
  const lost = [...acknowledged].filter(([id, hash]) => there.get(id) !== hash);
  count('records checked', photos.length);
  count('records lost', lost.length + torn.length);
  expect(torn).toEqual([]);
  expect(lost).toEqual([]);
  return photos;
}
