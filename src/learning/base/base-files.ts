import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../problem.ts';
import { sha256 } from '../../sha256.ts';
import type { LocatedBase } from './registry.ts';
import type { BaseFile } from './spec.ts';

const CACHE_NAME = 'purrceptron-bases';

/** Without a byte for so long, a download has ended, whatever the server says. */
const SILENCE_MS = 30_000;

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
 * copy from the network is refused.
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
export async function keepBaseFile(
  base: LocatedBase,
  file: BaseFile,
  bytes: BufferSource & BodyInit,
): Promise<void> {
  await put(await caches.open(CACHE_NAME), keyOf(base, file), bytes);
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
  const cached = await (await cache.match(key))?.arrayBuffer().catch(() => undefined);
  if (cached && (await matches(cached, file))) return { bytes: cached, stored: true };
  if (base.spec.own) {
    const { name } = base.spec;
    throw new Problem(
      'base',
      msg(
        str`Your base model “${name}” is damaged or gone from this device. Remove it in Settings and add it again.`,
      ),
      { cause: file.path },
    );
  }

  const url = new URL(file.path, base.url);
  const bytes = await download(url, file, onLoaded);
  if (!(await matches(bytes, file))) {
    const cause = `${file.path}: wrong SHA-256`;
    throw new Problem(
      'base',
      msg(
        'The pretrained base model arrived damaged and is not used. Check the connection and try again.',
      ),
      { cause },
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

/** Removes what other versions of the base kept under the same path. */
async function deleteOthers(cache: Cache, key: URL): Promise<void> {
  for (const other of await cache.keys(key, { ignoreSearch: true })) {
    if (other.url !== key.href) await cache.delete(other);
  }
}

async function matches(bytes: ArrayBuffer, file: BaseFile): Promise<boolean> {
  return bytes.byteLength === file.bytes && (await sha256(bytes)) === file.sha256;
}

async function download(
  url: URL,
  file: BaseFile,
  onLoaded: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const silence = new AbortController();
  const hangUp = () => {
    silence.abort(new Error(`No byte of ${file.path} in ${SILENCE_MS / 1000} s`));
  };
  let patience = setTimeout(hangUp, SILENCE_MS);
  try {
    const response = await fetch(url, { cache: 'no-cache', signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`${response.status} for ${url.pathname}`);
    // Of the size that is expected and no larger: a server cannot fill the memory.
    const bytes = new Uint8Array(file.bytes);
    let loaded = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(patience);
      patience = setTimeout(hangUp, SILENCE_MS);
      if (loaded + value.length > file.bytes) throw new Error(`${file.path} is too long`);
      bytes.set(value, loaded);
      loaded += value.length;
      onLoaded(loaded);
    }
    if (loaded !== file.bytes) throw new Error(`${file.path} is cut off`);
    return bytes.buffer;
  } catch (thrown) {
    throw new Problem(
      'base',
      msg(
        'The pretrained base model could not be downloaded. Your photos are safe; connect and try again.',
      ),
      { cause: thrown },
    );
  } finally {
    clearTimeout(patience);
  }
}
