/**
 * Files that another app shared and that wait for their label. The service worker puts them into
 * Cache Storage, for the database belongs to the page and to its version of it; the page takes them
 * from there. They survive until the person has answered, whatever is closed before.
 */
const CACHE_NAME = 'purrceptron-shared';
const NAME_HEADER = 'X-File-Name';

export interface SharedFile {
  readonly key: string;
  readonly file: File;
}

/** Field of the share's form that holds the files; as in manifest.webmanifest. */
export const SHARED_FIELD = 'photos';

/** Keeps the files of one share beside those of the shares before. @throws what the cache does */
export async function keepShared(files: readonly File[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  // Keys in the order of their names are files in the order in which they came.
  const moment = Date.now().toString(36).padStart(10, '0');
  const keys = files.map(
    (_, index) => `shared/${moment}-${String(index).padStart(5, '0')}-${crypto.randomUUID()}`,
  );
  try {
    for (const [index, file] of files.entries()) {
      const headers = { [NAME_HEADER]: encodeURIComponent(file.name) };
      await cache.put(keys[index]!, new Response(file, { headers }));
    }
  } catch (thrown) {
    // A share comes whole or not at all: the person will share it again.
    await discardShared(keys);
    throw thrown;
  }
}

/** Every shared file that waits, oldest first. */
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

export async function discardShared(keys: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await Promise.all(keys.map((key) => cache.delete(key)));
}
