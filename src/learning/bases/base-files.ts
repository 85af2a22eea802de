import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { downloadFile, isFile } from './download-file.ts';
import type { BaseFile, LocatedBase } from '../../records/base-spec.ts';

const CACHE_NAME = 'purrceptron-bases';

/** The checked files of a base. */
export interface BaseFiles {
  /** Bytes by path. */
  readonly bytes: ReadonlyMap<string, ArrayBuffer>;
  /** Whether all files are cached for offline use; a full disk can prevent it. */
  readonly stored: boolean;
}

/** Reports how many bytes of a base are loaded. */
export type OnBytes = (loaded: number, total: number) => void;

/**
 * Loads the files of a base from the cache or else from the network, and caches them. Each file is
 * checked against its SHA-256 every time: a corrupt copy in the cache is downloaded again, a
 * corrupt download is refused. An interrupted download resumes where it stopped. The files
 * of what it knows are left out if they cannot be loaded.
 *
 * @throws Problem `base` when a file is not available or does not match its SHA-256
 */
export async function loadBaseFiles(
  base: LocatedBase,
  onBytes: OnBytes = () => undefined,
): Promise<BaseFiles> {
  const cache = await caches.open(CACHE_NAME);
  const total = base.spec.files.reduce((sum, file) => sum + file.bytes, 0);
  const { knows } = base.spec;
  const knownFiles = knows ? [knows.file, ...(knows.boxes ? [knows.boxes.file] : [])] : [];
  const cached = new Map(
    await Promise.all(
      [...base.spec.files, ...knownFiles].map(
        async (file) => [file, await cachedBaseFile(base, file)] as const,
      ),
    ),
  );
  const files = new Map<string, ArrayBuffer>();
  let loadedBytes = 0;
  let stored = true;
  for (const file of base.spec.files) {
    const previous = loadedBytes;
    const loaded = await loadFile(cache, base, file, cached.get(file), (bytes) => {
      onBytes(previous + bytes, total);
    });
    files.set(file.path, loaded.bytes);
    stored &&= loaded.stored;
    loadedBytes += file.bytes;
    onBytes(loadedBytes, total);
  }
  for (const file of knownFiles) {
    // A base works without it, as when the app was updated and the phone is offline.
    const known = await loadFile(cache, base, file, cached.get(file)).catch((thrown: unknown) => {
      console.warn('What the base model knows could not be loaded.', thrown);
      return undefined;
    });
    if (known) files.set(file.path, known.bytes);
    stored &&= known?.stored ?? false;
  }
  // What is left is of other versions.
  ahead.clear();
  return { bytes: files, stored };
}

/**
 * Loads the file of the known classes of a base, checked as `loadBaseFiles` does.
 *
 * @throws Problem `base`
 */
export async function loadKnownFile(base: LocatedBase, file: BaseFile): Promise<ArrayBuffer> {
  const cache = await caches.open(CACHE_NAME);
  return (await loadFile(cache, base, file, await cachedBaseFile(base, file))).bytes;
}

/**
 * Caches a file of a base that the user added.
 *
 * @throws DOMException `QuotaExceededError` when there is not enough space
 */
export async function cacheBaseFile(
  base: LocatedBase,
  file: BaseFile,
  bytes: BufferSource & BodyInit,
): Promise<void> {
  await put(await caches.open(CACHE_NAME), keyOf(base, file), bytes);
}

/** The cached file of a base; undefined when it is missing or corrupt. */
export async function cachedBaseFile(
  base: LocatedBase,
  file: BaseFile,
): Promise<ArrayBuffer | undefined> {
  const key = keyOf(base, file);
  const early = ahead.get(key.href);
  ahead.delete(key.href);
  const bytes = (await early) ?? (await readCached(await caches.open(CACHE_NAME), key));
  return bytes && (await isFile(bytes, file)) ? bytes : undefined;
}

/** Files that are read before it is known which base they are for, by the address of their key. */
const ahead = new Map<string, Promise<ArrayBuffer | undefined>>();

/**
 * Begins to read the cached files, if there is only one base whose files they can be: which one is
 * wanted takes a moment to find out. It never rejects.
 */
export async function readAhead(): Promise<void> {
  try {
    const cache = await caches.open(CACHE_NAME);
    const keys = (await cache.keys()).map(({ url }) => new URL(url));
    const folders = new Set(keys.map(({ pathname }) => pathname.replace(/[^/]*$/, '')));
    if (folders.size !== 1) return;
    for (const key of keys) {
      ahead.set(
        key.href,
        readCached(cache, key).catch(() => undefined),
      );
    }
  } catch {
    // What cannot be read is read again, and reported, when it is needed.
  }
}

async function readCached(cache: Cache, key: URL): Promise<ArrayBuffer | undefined> {
  return (await cache.match(key))?.arrayBuffer().catch(() => undefined);
}

/** Deletes all cached files of a base. */
export async function deleteBaseFiles(base: LocatedBase): Promise<void> {
  await deleteFiles((url) => url.startsWith(base.url));
}

/**
 * Deletes the cached files in a folder of bases, except those of the bases in `keep`.
 *
 * @param folder address, ending in a slash
 */
export async function deleteOtherBaseFiles(
  folder: string,
  keep: readonly LocatedBase[],
): Promise<void> {
  await deleteFiles(
    (url) => url.startsWith(folder) && !keep.some((base) => url.startsWith(base.url)),
  );
}

async function deleteFiles(shouldDelete: (url: string) => boolean): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  for (const { url } of await cache.keys()) if (shouldDelete(url)) await cache.delete(url);
}

/** The key holds the hash, so that a new version of a base never gets the files of an old one. */
function keyOf(base: LocatedBase, file: BaseFile): URL {
  const key = new URL(file.path, base.url);
  key.searchParams.set('sha256', file.sha256);
  return key;
}

function put(cache: Cache, key: URL, bytes: BodyInit): Promise<void> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return cache.put(key, new Response(bytes, { headers }));
}

/** @param cached what `cachedBaseFile` gives */
async function loadFile(
  cache: Cache,
  base: LocatedBase,
  file: BaseFile,
  cached: ArrayBuffer | undefined,
  onLoaded: (bytes: number) => void = () => undefined,
): Promise<{ bytes: ArrayBuffer; stored: boolean }> {
  const key = keyOf(base, file);
  if (cached) return { bytes: cached, stored: true };
  if (base.spec.own) throw damagedOwnBase(base, file);

  const url = new URL(file.path, base.url);
  const bytes = await downloadFile(url, file, key, onLoaded).catch((thrown: unknown) => {
    throw new Problem(
      'base',
      msg(
        'The pretrained base model could not be downloaded. Your photos are safe; connect and try again.',
      ),
      { cause: thrown },
    );
  });
  if (!bytes) {
    throw new Problem(
      'base',
      msg(
        'The pretrained base model arrived damaged and is not used. Check the connection and try again.',
      ),
      { cause: `${file.path}: wrong SHA-256` },
    );
  }
  try {
    await put(cache, key, bytes);
  } catch (thrown) {
    // The disk is full. The base works now and is downloaded again at the next start.
    console.warn('The base model could not be cached for offline use.', thrown);
    return { bytes, stored: false };
  }
  await deleteOtherVersions(cache, key).catch((thrown: unknown) => {
    // They only take space until the next version replaces this one.
    console.warn('An older version of the base model could not be deleted.', thrown);
  });
  return { bytes, stored: true };
}

/** The problem of an added base with a missing or corrupt file, which no server can replace. */
export function damagedOwnBase({ spec }: LocatedBase, { path }: BaseFile): Problem {
  const { name } = spec;
  return new Problem(
    'base',
    msg(
      str`Your base model “${name}” is damaged or gone from this device. Remove it in Settings and add it again.`,
    ),
    { cause: path },
  );
}

/** Deletes the files that other versions of the base cached under the same path. */
async function deleteOtherVersions(cache: Cache, key: URL): Promise<void> {
  for (const other of await cache.keys(key, { ignoreSearch: true })) {
    if (other.url !== key.href) await cache.delete(other);
  }
}
