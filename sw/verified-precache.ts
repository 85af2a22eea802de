import { addPlugins, createHandlerBoundToURL, getCacheKeyForURL } from 'workbox-precaching';

/** A file of the app in the list that the build inserts. */
export interface ListedFile {
  readonly url: string;
  readonly revision: string | null;
  /** The SHA-384, as in the attribute `integrity` of a script. */
  readonly integrity: string;
  /** Whether the file is no part of the installation: see `keepOnDemand`. */
  readonly onDemand?: true;
}

declare const self: ServiceWorkerGlobalScope;

/** Type of the message about a file that is not as it was published; see session/updates.ts. */
const ALTERED_FILE = 'ALTERED_FILE';

/** Time limit for one file; without it, a silent server would block the installation for ever. */
const FILE_TIMEOUT_MS = 90_000;

/**
 * Makes Workbox's precache robust against failures of storage and network. A stored file is
 * compared with its hash before its first use in the lifetime of this service worker; one that is
 * damaged or missing is fetched again. A silent server ends the installation, and the page then
 * offers to retry it.
 *
 * @param manifest all files with their SHA-384
 */
export function verifyPrecache(manifest: readonly ListedFile[]): void {
  /** By the cache key of a file, which Workbox knows only after all files are listed. */
  let hashes: Map<string | undefined, string> | undefined;
  addPlugins([
    {
      fetchDidFail: async ({ error, request }) => {
        // A server that was silent would be silent again.
        if (error.name === 'TimeoutError') return;
        if (await isAltered(request)) await tellPages(ALTERED_FILE);
      },
      requestWillFetch: ({ request }) => Promise.resolve(revalidated(request)),
      cachedResponseWillBeUsed: async ({ cacheName, request, cachedResponse, event }) => {
        hashes ??= new Map(
          manifest.map(({ url, integrity }) => [getCacheKeyForURL(url), integrity]),
        );
        const integrity = hashes.get(request.url);
        if (integrity === undefined) return cachedResponse;
        if (cachedResponse && (await isVerified(cacheName, request, integrity))) {
          return cachedResponse;
        }
        // During the installation, Workbox fetches missing files itself.
        return event?.type === 'install' ? undefined : repair(cacheName, request, integrity);
      },
    },
  ]);
}

/**
 * Verifies every file and repairs damaged ones while the network is available.
 *
 * @returns whether all files are stored and intact
 */
export async function checkFiles(
  manifest: readonly ListedFile[],
  event: ExtendableEvent,
): Promise<boolean> {
  let intact = true;
  for (const { url } of manifest) {
    try {
      await createHandlerBoundToURL(url)({
        event,
        request: new Request(url),
        url: new URL(url, location.href),
      });
    } catch {
      intact = false;
    }
  }
  return intact;
}

/**
 * A request that always asks the server, with a time limit. The HTTP cache may contain the page of
 * a captive portal under the URL of a file, and no retry would ever get past it. A file that the
 * page has already loaded costs only a 304 response.
 */
function revalidated(request: Request): Request {
  return new Request(request, {
    cache: request.cache === 'default' ? 'no-cache' : request.cache,
    signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
  });
}

/** Addresses of cached files that were compared in the lifetime of this service worker. */
const verified = new Set<string>();

/**
 * Whether a cached file has the bytes that were published. Each is compared once.
 *
 * @param integrity the SHA-384, as in `ListedFile`
 */
export async function isVerified(
  cacheName: string,
  request: Request,
  integrity: string,
): Promise<boolean> {
  if (verified.has(request.url)) return true;
  const isSame = await isIntact(await caches.open(cacheName), request, integrity);
  if (isSame) verified.add(request.url);
  return isSame;
}

/**
 * Reads its own copy, because the browser stores compiled code with the response that is served.
 */
async function isIntact(cache: Cache, request: Request, integrity: string): Promise<boolean> {
  try {
    const copy = await cache.match(request);
    return copy !== undefined && (await sha384(await copy.arrayBuffer())) === integrity;
  } catch {
    // The cache has the entry, but its bytes cannot be read.
    return false;
  }
}

/**
 * Fetches a file from the server and caches it.
 *
 * @returns undefined if the network fails, or the server has another version of the file
 */
export async function repair(
  cacheName: string,
  request: Request,
  integrity: string,
): Promise<Response | undefined> {
  try {
    const fetched = await fetch(revalidated(new Request(request.url, { integrity })));
    if (!fetched.ok) return undefined;
    const fresh = await withoutRedirect(fetched);
    const copy = fresh.clone();
    // If it cannot be cached, for example because the disk is full, it can still be used.
    await caches
      .open(cacheName)
      .then((cache) => cache.put(request, copy))
      .catch(() => undefined);
    return fresh;
  } catch {
    return undefined;
  }
}

/**
 * Some hosts redirect /index.html to /. Browsers refuse a redirected response for a navigation, so
 * it is replaced by a plain one with the same content.
 */
async function withoutRedirect(response: Response): Promise<Response> {
  if (!response.redirected) return response;
  const { headers, status, statusText } = response;
  return new Response(await response.blob(), { headers, status, statusText });
}

/**
 * Whether the server does answer this request, with other bytes than were published: a sign-in page
 * of the network, or a page that a VPN, an antivirus program or the host has changed.
 */
async function isAltered({ url, integrity }: Request): Promise<boolean> {
  if (integrity === '') return false;
  try {
    const signal = AbortSignal.timeout(FILE_TIMEOUT_MS);
    const response = await fetch(url, { cache: 'no-store', signal });
    return response.ok && (await sha384(await response.arrayBuffer())) !== integrity;
  } catch {
    return false;
  }
}

/** Sends a message to every open page of the app, also to those of an earlier version. */
async function tellPages(type: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage({ type });
}

/** The SHA-384 in the format of the attribute `integrity` of a script. */
async function sha384(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
  return `sha384-${btoa(String.fromCharCode(...digest))}`;
}
