/**
 * The way to remove a broken release of the app. Published in place of `sw.js`, it unregisters the
 * service worker on every phone, deletes its cached files, and reloads the open pages from the
 * server. It does not touch photos and models, which are in IndexedDB, or base models that the user
 * added, which have their own cache. See docs/kill-switch.md.
 */
declare const self: ServiceWorkerGlobalScope;

// It does not wait for the person, because the version that it replaces is broken.
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeServiceWorker());
});

async function removeServiceWorker(): Promise<void> {
  const { scope } = self.registration;
  for (const name of await caches.keys()) {
    // The names of Workbox caches end with the scope, so those of other apps on this host stay.
    if (name.startsWith('workbox-') && name.endsWith(scope)) await caches.delete(name);
  }
  // Only pages that the previous service worker controlled. A page that was loaded without one and
  // registers this one must not be reloaded, because it would register it again, endlessly.
  const pages = await self.clients.matchAll({ type: 'window' });
  await self.registration.unregister();
  await Promise.all(
    pages.map((page) =>
      // It rejects for a page that is being closed, which need not be reloaded.
      page.navigate(page.url).catch(() => null),
    ),
  );
}

// Makes this file a module, so that its `self` does not conflict with other files.
export {};
