/**
 * The service worker of `npm run dev`. It keeps no file and answers no request, so a reload always
 * shows the newest build. It takes over at once from the released app's service worker, which may be
 * there from `npm start` on the same port, and removes the files which that one kept.
 */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

// A page asks once a visit whether all its files are stored: none is missing.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'CHECK_FILES') event.ports[0]?.postMessage(true);
});

async function takeOver(): Promise<void> {
  const { scope } = self.registration;
  // Workbox's names end with the scope.
  const kept = (await caches.keys()).filter(
    (name) => name.startsWith('workbox-') && name.endsWith(scope),
  );
  await Promise.all(kept.map((name) => caches.delete(name)));
  // Pages that were opened under this address before a service worker was there need no reload.
  if (kept.length === 0) return self.clients.claim();
  const pages = await self.clients.matchAll({ type: 'window' });
  await self.clients.claim();
  await Promise.all(pages.map((page) => page.navigate(page.url).catch(() => null)));
}

// A module, so that `self` is its own.
export {};
