/**
 * Holds the files that another app shared, until the person labels them. The service worker stores
 * them in Cache Storage, not in the database, because only the page opens the database, in its own
 * version. They survive if the app is closed before they are labelled.
 */
const CACHE_NAME = 'purrceptron-shared';
const NAME_HEADER = 'X-File-Name';

export interface SharedFile {
  /** The URL of its request in the cache. */
  readonly key: string;
  readonly file: File;
}

/** The form field with the files; the same as in manifest.webmanifest. */
export const SHARED_FIELD = 'photos';

/** Stores the files of one share, in addition to earlier ones. @throws DOMException of the cache */
export async function storeShared(files: readonly File[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  // Sorting the keys gives the files in the order in which they were shared.
  const time = Date.now().toString(36).padStart(10, '0');
  const keys = files.map(
    (_, index) => `shared/${time}-${String(index).padStart(5, '0')}-${crypto.randomUUID()}`,
  );
  try {
    for (const [index, file] of files.entries()) {
      const headers = { [NAME_HEADER]: encodeURIComponent(file.name) };
      await cache.put(keys[index]!, new Response(file, { headers }));
    }
  } catch (thrown) {
    // A share is stored completely or not at all: the person will share it again.
    await discardShared(keys);
    throw thrown;
  }
}

/** All stored shared files, oldest first. */
export async function listShared(): Promise<SharedFile[]> {
  if (!(await caches.has(CACHE_NAME))) return [];
  const cache = await caches.open(CACHE_NAME);
  const requests = [...(await cache.keys())].sort((a, b) => (a.url < b.url ? -1 : 1));
  const shared: SharedFile[] = [];
  for (const request of requests) {
    const response = await cache.match(request);
    if (!response) continue;
    const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? '');
    shared.push({ key: request.url, file: new File([await response.blob()], name || 'photo') });
  }
  return shared;
}

/** Deletes shared files by their keys. */
export async function discardShared(keys: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(keys.map((key) => cache.delete(key)));
}
