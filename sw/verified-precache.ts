import { addPlugins, createHandlerBoundToURL, getCacheKeyForURL } from 'workbox-precaching';

/** A file of the app as the build lists it. */
export interface ListedFile {
  readonly url: string;
  readonly revision: string | null;
  readonly integrity: string;
}

/** A file that has not come whole by then is not going to: a silent server would hang for ever. */
const FILE_TIMEOUT_MS = 90_000;

/**
 * Makes Workbox's precache keep its word when storage or network do not: a stored file is compared
 * with its hash before it is used for the first time in the life of this worker, and one that is
 * damaged or gone is fetched anew; a server that stays silent ends the installation, which the page
 * then offers to try again.
 *
 * @param manifest every file with its SHA-384, as the build lists them
 */
export function verifyPrecache(manifest: readonly ListedFile[]): void {
  /** By the file's key in the cache, which only Workbox knows once all are listed. */
  let hashes: Map<string | undefined, string> | undefined;
  const good = new Set<string>();
  addPlugins([
    {
      requestWillFetch: ({ request }) => Promise.resolve(patient(request)),
      cachedResponseWillBeUsed: async ({ cacheName, request, cachedResponse, event }) => {
        hashes ??= new Map(
          manifest.map(({ url, integrity }) => [getCacheKeyForURL(url), integrity]),
        );
        const integrity = hashes.get(request.url);
        if (integrity === undefined) return cachedResponse;
        if (cachedResponse) {
          if (good.has(request.url)) return cachedResponse;
          if (await isWhole(await caches.open(cacheName), request, integrity)) {
            good.add(request.url);
            return cachedResponse;
          }
        }
        // While it installs, Workbox fetches what is missing by itself.
        return event?.type === 'install' ? undefined : repair(cacheName, request, integrity);
      },
    },
  ]);
}

/**
 * Looks at every file, mending what it can, so that none is found damaged only when the network has
 * gone.
 *
 * @returns whether all of them are here
 */
export async function checkFiles(
  manifest: readonly ListedFile[],
  event: ExtendableEvent,
): Promise<boolean> {
  let whole = true;
  for (const { url } of manifest) {
    try {
      await createHandlerBoundToURL(url)({
        event,
        request: new Request(url),
        url: new URL(url, location.href),
      });
    } catch {
      whole = false;
    }
  }
  return whole;
}

/**
 * A captive portal's page may lie in the HTTP cache under a file's name: always ask the server, or
 * no try would ever get past it. What the page has loaded already costs a 304 here.
 */
function patient(request: Request): Request {
  return new Request(request, {
    cache: request.cache === 'default' ? 'no-cache' : request.cache,
    signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
  });
}

/** Reads a copy of its own: the browser keeps compiled code with the response that was asked for. */
async function isWhole(cache: Cache, request: Request, integrity: string): Promise<boolean> {
  try {
    const copy = await cache.match(request);
    return copy !== undefined && (await sha384(await copy.arrayBuffer())) === integrity;
  } catch {
    // The disk gives the file's name and not its bytes.
    return false;
  }
}

/** The file as the server has it, kept; undefined offline, or when the server has another by now. */
async function repair(
  cacheName: string,
  request: Request,
  integrity: string,
): Promise<Response | undefined> {
  try {
    const fresh = await fetch(patient(new Request(request.url, { integrity })));
    if (!fresh.ok) return undefined;
    const kept = fresh.clone();
    // Where it cannot be kept, on a full disk, it can be used all the same.
    await caches
      .open(cacheName)
      .then((cache) => cache.put(request, kept))
      .catch(() => undefined);
    return fresh;
  } catch {
    return undefined;
  }
}

/** As the attribute `integrity` of a script has it. */
async function sha384(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
  return `sha384-${btoa(String.fromCharCode(...digest))}`;
}
