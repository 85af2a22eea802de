/**
 * The service worker of `npm run dev`. It caches no file and answers no request, so a reload always
 * shows the newest build. It immediately replaces the released app's service worker, which may be
 * registered from `npm start` on the same port, and deletes its cached files.
 */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

// A page asks once per visit whether all files are stored. None is missing.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'CHECK_FILES') event.ports[0]?.postMessage(true);
});

async function takeOver(): Promise<void> {
  const { scope } = self.registration;
  // The names of Workbox caches end with the scope.
  const cacheNames = (await caches.keys()).filter(
    (name) => name.startsWith('workbox-') && name.endsWith(scope),
  );
  await Promise.all(cacheNames.map((name) => caches.delete(name)));
  // Without caches, no released service worker has served the open pages, so they need no reload.
  if (cacheNames.length === 0) return self.clients.claim();
  const pages = await self.clients.matchAll({ type: 'window' });
  await self.clients.claim();
  await Promise.all(pages.map((page) => page.navigate(page.url).catch(() => null)));
}

// Makes this file a module, so that its `self` does not conflict with other files.
export {};
