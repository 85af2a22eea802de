import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { takeShares } from './share-target.ts';

declare const self: ServiceWorkerGlobalScope;

// A captive portal's page may lie in the HTTP cache under a file's name: always ask the server, or
// no try would ever get past it. What the page has loaded already costs a 304 here.
addPlugins([
  {
    requestWillFetch: ({ request }) =>
      Promise.resolve(
        request.cache === 'default' ? new Request(request, { cache: 'no-cache' }) : request,
      ),
  },
]);

// The whole app, each file checked against its hash: all of it is there offline, or the
// installation fails and the version before stays. The build fills the list in.
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);

// The page is one document, whatever the query says. Only in the app's own folder: deeper, the
// document's relative addresses would not hold.
registerRoute(
  ({ request, url }) =>
    request.mode === 'navigate' && new URL('./', url).href === self.registration.scope,
  createHandlerBoundToURL('index.html'),
);

takeShares(self.registration.scope);

// A new version waits until the person agrees: to swap it under a training would lose it.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

// The very first visit works offline without a reload.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
