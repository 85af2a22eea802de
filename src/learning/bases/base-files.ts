import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { downloadFile, isFile } from './download-file.ts';
import type { BaseFile, LocatedBase } from '../../records/base-spec.ts';

const CACHE_NAME = 'purrceptron-bases';

/** The files of a base, each checked. */
export interface BaseFiles {
  /** Bytes by path. */
  readonly bytes: ReadonlyMap<string, ArrayBuffer>;
  /** Whether they are all kept for offline use; a full disk can refuse them. */
  readonly stored: boolean;
}

/** Bytes that are here, of all the bytes of the base. */
export type OnBytes = (loaded: number, total: number) => void;

/**
 * The files of a base, from the cache or else from the network, and then cached for good. Each is
 * checked against its SHA-256 every time: a damaged copy in the cache is fetched anew, a damaged
 * copy from the network is refused. A download that broke off goes on where it was.
 *
 * @throws Problem `base` when a file is not to be had or is not what the spec says
 */
export async function loadBaseFiles(
  base: LocatedBase,
  onBytes: OnBytes = () => undefined,
): Promise<BaseFiles> {
  const cache = await caches.open(CACHE_NAME);
  const total = base.spec.files.reduce((sum, file) => sum + file.bytes, 0);
  const files = new Map<string, ArrayBuffer>();
  let before = 0;
  let stored = true;
  for (const file of base.spec.files) {
    const done = before;
    const loaded = await loadFile(cache, base, file, (bytes) => {
      onBytes(done + bytes, total);
    });
    files.set(file.path, loaded.bytes);
    stored &&= loaded.stored;
    before += file.bytes;
    onBytes(before, total);
  }
  return { bytes: files, stored };
}

/**
 * Keeps a file of a base that was not downloaded.
 *
 * @throws DOMException `QuotaExceededError` when there is no room
 */
export async function cacheBaseFile(
  base: LocatedBase,
  file: BaseFile,
  bytes: BufferSource & BodyInit,
): Promise<void> {
  await put(await caches.open(CACHE_NAME), keyOf(base, file), bytes);
}

/** A file that is kept of a base; undefined when it is gone or damaged. */
export async function cachedBaseFile(
  base: LocatedBase,
  file: BaseFile,
): Promise<ArrayBuffer | undefined> {
  const cache = await caches.open(CACHE_NAME);
  const bytes = await (await cache.match(keyOf(base, file)))?.arrayBuffer().catch(() => undefined);
  return bytes && (await isFile(bytes, file)) ? bytes : undefined;
}

/** Deletes all that is kept of a base. */
export async function dropBaseFiles(base: LocatedBase): Promise<void> {
  await dropFiles((url) => url.startsWith(base.url));
}

/** Deletes what is kept in a folder of bases, but for the files of some. @param folder ends in a slash */
export async function dropOtherFiles(folder: string, kept: readonly LocatedBase[]): Promise<void> {
  await dropFiles(
    (url) => url.startsWith(folder) && !kept.some((base) => url.startsWith(base.url)),
  );
}

async function dropFiles(isOver: (url: string) => boolean): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  for (const { url } of await cache.keys()) if (isOver(url)) await cache.delete(url);
}

/** The hash stands in the key: a base that changed never meets the files of the one before. */
function keyOf(base: LocatedBase, file: BaseFile): URL {
  const key = new URL(file.path, base.url);
  key.searchParams.set('sha256', file.sha256);
  return key;
}

function put(cache: Cache, key: URL, bytes: BodyInit): Promise<void> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return cache.put(key, new Response(bytes, { headers }));
}

async function loadFile(
  cache: Cache,
  base: LocatedBase,
  file: BaseFile,
  onLoaded: (bytes: number) => void,
): Promise<{ bytes: ArrayBuffer; stored: boolean }> {
  const key = keyOf(base, file);
  const kept = await cachedBaseFile(base, file);
  if (kept) return { bytes: kept, stored: true };
  if (base.spec.own) throw damagedOwn(base, file);

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
    await deleteOthers(cache, key);
    return { bytes, stored: true };
  } catch (thrown) {
    // A full disk: the base works now, and will be fetched again next time.
    console.warn('The base model could not be kept for offline use.', thrown);
    return { bytes, stored: false };
  }
}

/** It cannot be had anew. */
export function damagedOwn({ spec }: LocatedBase, { path }: BaseFile): Problem {
  const { name } = spec;
  return new Problem(
    'base',
    msg(
      str`Your base model “${name}” is damaged or gone from this device. Remove it in Settings and add it again.`,
    ),
    { cause: path },
  );
}

/** Removes what other versions of the base kept under the same path. */
async function deleteOthers(cache: Cache, key: URL): Promise<void> {
  for (const other of await cache.keys(key, { ignoreSearch: true })) {
    if (other.url !== key.href) await cache.delete(other);
  }
}
