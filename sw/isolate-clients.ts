import { addPlugins } from 'workbox-precaching';

/**
 * With both, a page is cross-origin isolated, except in WebKit (docs/browsers.md); a worker of such a
 * page needs the second one too.
 */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};

/**
 * Isolates the page and its workers where the host does not, so that the threads of the network may
 * share memory. A file that was stored before the app was isolated gets the headers too: an isolated
 * page may not start a worker without them. The headers are added to what is served, not to what is
 * stored, and only where they are missing: the browser keeps compiled code with a stored response.
 */
export function isolateClients(): void {
  addPlugins([
    {
      handlerWillRespond: ({ event, response }) => {
        // The request of the event: a handler bound to an address makes one of its own.
        const { destination } = event instanceof FetchEvent ? event.request : {};
        const isClient = destination === 'document' || destination === 'worker';
        return Promise.resolve(isClient ? isolated(response) : response);
      },
    },
  ]);
}

function isolated(response: Response): Response {
  const missing = Object.entries(ISOLATION).filter(([name]) => !response.headers.has(name));
  if (missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
