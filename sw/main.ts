import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { keepOnDemand } from './files-on-demand.ts';
import { isolateClients } from './isolate-clients.ts';
import { lastResort } from './last-resort.ts';
import { checkFiles, verifyPrecache, type ListedFile } from './verified-precache.ts';
import { takeShares } from './share-target.ts';

declare const self: ServiceWorkerGlobalScope;

// Precaches the app and verifies each file by its hash. If one is missing, the installation fails
// and the previous version stays. The build inserts the list.
const files = self.__WB_MANIFEST as ListedFile[];
const precached = files.filter(({ onDemand }) => !onDemand);
verifyPrecache(precached);
isolateClients();
cleanupOutdatedCaches();
precacheAndRoute(precached);
keepOnDemand(files.filter(({ onDemand }) => onDemand));

// The app has a single document, whatever the query is. It is served only in the app's own folder,
// because its relative URLs would be wrong in a deeper one.
registerRoute(
  ({ request, url }) =>
    request.mode === 'navigate' && new URL('./', url).href === self.registration.scope,
  createHandlerBoundToURL('index.html'),
);
setCatchHandler(lastResort);

takeShares(self.registration.scope);

// A new version waits until the user agrees, because its activation would end a running training.
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  // A page asks once per visit; the answer is sent to its port.
  if (type === 'CHECK_FILES') {
    const [answer] = event.ports;
    event.waitUntil(checkFiles(precached, event).then((intact) => answer?.postMessage(intact)));
  }
});

// Controls the page at the first visit, so that it works offline without a reload.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
