/**
 * The way out when a broken version of the app is out there: published in the place of `sw.js`, it
 * takes the service worker before it off every phone, with the files that it kept, and loads the
 * open pages anew from the server. Photos and models are in IndexedDB, and base models of one's own
 * in a cache of theirs: it touches neither. See docs/kill-switch.md.
 */
declare const self: ServiceWorkerGlobalScope;

// At once: what it replaces is broken.
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOff());
});

async function takeOff(): Promise<void> {
  const { scope } = self.registration;
  for (const name of await caches.keys()) {
    // Workbox's names end with the scope: another app on the same host keeps its own.
    if (name.startsWith('workbox-') && name.endsWith(scope)) await caches.delete(name);
  }
  // Only pages that the worker before answered. One that was loaded without a service worker and
  // registers this one is as it should be: to reload it as well would never end.
  const pages = await self.clients.matchAll({ type: 'window' });
  await self.registration.unregister();
  await Promise.all(
    pages.map((page) =>
      // One that is being closed cannot be loaded anew, and need not be.
      page.navigate(page.url).catch(() => null),
    ),
  );
}

// A module, so that `self` is its own.
export {};
