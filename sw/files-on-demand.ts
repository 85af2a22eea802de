import { cacheNames } from 'workbox-core';
import { registerRoute } from 'workbox-routing';
import { isVerified, repair, type ListedFile } from './verified-precache.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * Answers requests for large files that few people need. They are no part of the installation: each
 * is fetched when it is first asked for, and kept for offline use from then on. As in the precache,
 * a stored file is compared with its hash before its first use.
 *
 * @param files their names contain a hash of the content
 */
export function keepOnDemand(files: readonly ListedFile[]): void {
  const hashes = new Map(
    files.map(({ url, integrity }) => [new URL(url, self.registration.scope).href, integrity]),
  );
  registerRoute(
    ({ url }) => hashes.has(url.href),
    async ({ request }) => {
      const cache = await caches.open(cacheNames.runtime);
      const integrity = hashes.get(request.url)!;
      // Only the URL, so that the cache key is the same for every client.
      const stored = new Request(request.url);
      const cached = await cache.match(stored);
      if (cached && (await isVerified(cacheNames.runtime, stored, integrity))) return cached;
      return (await repair(cacheNames.runtime, request, integrity)) ?? Response.error();
    },
  );
  self.addEventListener('activate', (event) => {
    event.waitUntil(deleteOthers(hashes));
  });
}

/** Deletes the files of earlier versions. */
async function deleteOthers(files: ReadonlyMap<string, string>): Promise<void> {
  if (!(await caches.has(cacheNames.runtime))) return;
  const cache = await caches.open(cacheNames.runtime);
  const old = (await cache.keys()).filter(({ url }) => !files.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}
