import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { contentType } from './content-type.ts';

type Encoding = 'identity' | 'br' | 'gzip';

/** The bytes of a file as they are sent, perhaps compressed. */
interface Representation {
  readonly body: Buffer;
  readonly encoding: Encoding;
  /** A hash of the bytes, quoted as in the ETag header. */
  readonly etag: string;
}

interface CachedFile {
  readonly version: string;
  readonly encodings: Map<Encoding, Promise<Representation>>;
}

const brotli = promisify(brotliCompress);
const BROTLI_QUALITY = 9; // 11 takes seconds for TensorFlow.js, for 3 % less

/** The files of a folder, each compressed once and cached in memory until it changes. */
export class ServedFiles {
  readonly #folder: string;
  readonly #cache = new Map<string, CachedFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * A file of the folder in the best encoding that the client accepts; undefined if it does not
   * exist.
   *
   * @param path decoded and relative to the folder, such as `/assets/main.js`
   * @param accept an Accept-Encoding header
   */
  async get(path: string, accept: string): Promise<Representation | undefined> {
    const file = await this.#locate(path);
    if (!file) return undefined;
    let cached = this.#cache.get(path);
    if (cached?.version !== file.version) {
      cached = { version: file.version, encodings: new Map() };
      this.#cache.set(path, cached);
    }
    const encoding = contentType(path).compress ? preferred(accept) : 'identity';
    let representation = cached.encodings.get(encoding);
    if (!representation) {
      representation = represent(file.path, encoding);
      cached.encodings.set(encoding, representation);
    }
    return representation;
  }

  async #locate(path: string): Promise<{ path: string; version: string } | undefined> {
    // Hosts do not serve dot files and _headers.
    if (path.includes('\0') || /[\\/]\./.test(path) || path === '/_headers') return undefined;
    try {
      const root = await realpath(this.#folder);
      const found = await realpath(join(root, path));
      const { size, mtimeMs, ino } = await stat(found);
      const inside = found.startsWith(root + sep) && (await stat(found)).isFile();
      return inside ? { path: found, version: `${ino}-${size}-${mtimeMs}` } : undefined;
    } catch {
      return undefined; // missing, or not readable
    }
  }
}

async function represent(path: string, encoding: Encoding): Promise<Representation> {
  const bytes = await readFile(path);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return { body: await encode(bytes, encoding), encoding, etag: `"${hash}-${encoding}"` };
}

function encode(bytes: Buffer, encoding: Encoding): Promise<Buffer> | Buffer {
  if (encoding === 'identity') return bytes;
  if (encoding === 'gzip') return promisify(gzip)(bytes, { level: 9 });
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}

function preferred(accept: string): Encoding {
  const accepted = accept
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]!.trim().toLowerCase());
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? 'identity';
}
