import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { lastResort } from './last-resort.ts';
import { checkFiles, verifyPrecache, type ListedFile } from './verified-precache.ts';

declare const self: ServiceWorkerGlobalScope;

// The whole app, each file checked against its hash: all of it is there offline, or the
// installation fails and the version before stays. The build fills the list in.
const manifest = self.__WB_MANIFEST as ListedFile[];
verifyPrecache(manifest);
cleanupOutdatedCaches();
precacheAndRoute(manifest);

// The page is one document, whatever the query says. Only in the app's own folder: deeper, the
// document's relative addresses would not hold.
registerRoute(
  ({ request, url }) =>
    request.mode === 'navigate' && new URL('./', url).href === self.registration.scope,
  createHandlerBoundToURL('index.html'),
);
setCatchHandler(lastResort);

// A new version waits until the person agrees: to swap it under a training would lose it.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  // A page asks once a visit, and is told on the port that it sends.
  if (type === 'CHECK_FILES') {
    const [answer] = event.ports;
    event.waitUntil(checkFiles(manifest, event).then((whole) => answer?.postMessage(whole)));
  }
});

// The very first visit works offline without a reload.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
