import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Problem } from '../../../src/platform/problem.ts';

/** Called with the bytes loaded so far, and the total if the server reports it. */
export type OnProgress = (loaded: number, total: number | undefined) => void;

interface DownloadOptions {
  readonly onProgress?: OnProgress;
  /** Time without data after which the connection is considered dead; 30 s by default. */
  readonly stallMs?: number;
  /** Number of successive attempts without new data before it fails; 3 by default. */
  readonly attempts?: number;
  /** Pause between two attempts; 1 s by default. */
  readonly pauseMs?: number;
}

/** Maximum size in bytes, far above the real ones, so that a server cannot fill the disk. */
const LARGEST = 500e6;

/** The file next to a `.part` file, which is needed to request the rest of the same file. */
interface Begun {
  readonly url: string;
  /** A strong ETag, or else the Last-Modified date. */
  readonly validator: string;
}

/**
 * Downloads a file. An interrupted download is resumed: after a lost connection automatically,
 * after the end of the process when it is called again. The data are stored in `<file>.part`, which
 * is renamed to `<file>` when it is complete.
 *
 * @throws Problem `download`
 */
export async function download(
  url: string,
  file: string,
  options: DownloadOptions = {},
): Promise<void> {
  const { attempts = 3, pauseMs = 1000 } = options;
  await mkdir(dirname(file), { recursive: true });
  let fruitless = 0;
  for (;;) {
    const before = await sizeOf(`${file}.part`);
    try {
      await attempt(url, file, options);
      return;
    } catch (thrown) {
      fruitless = (await sizeOf(`${file}.part`)) > before ? 0 : fruitless + 1;
      if (thrown instanceof Problem) throw thrown;
      if (fruitless >= attempts) {
        throw new Problem(
          'download',
          `${basename(file)} could not be downloaded. Run it again: it goes on where it stopped.`,
          { cause: thrown },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

async function attempt(url: string, file: string, options: DownloadOptions): Promise<void> {
  const { onProgress = () => undefined, stallMs = 30_000 } = options;
  const part = `${file}.part`;
  const begun = await readBegun(part, url);
  const have = begun ? await sizeOf(part) : 0;

  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new Error(`nothing came for ${stallMs / 1000} s`));
  }, stallMs);
  try {
    const response = await fetch(url, {
      signal: stalled.signal,
      headers: {
        'Accept-Encoding': 'identity', // so that lengths are those of the file
        ...(begun && have > 0 && { Range: `bytes=${have}-`, 'If-Range': begun.validator }),
      },
    });
    const start = response.status === 206 ? have : 0;
    const total = lengthFrom(response, start);
    await expectBody(response, part, have);
    // The file is emptied before a new validator is stored, so old bytes never have a new
    // validator.
    const handle = await open(part, start === 0 ? 'w' : 'a');
    let loaded = start;
    try {
      if (start === 0) await begin(part, url, response);
      for await (const chunk of response.body! as unknown as AsyncIterable<Uint8Array>) {
        timer.refresh();
        if (loaded + chunk.length > (total ?? LARGEST)) throw new Error('more came than was said');
        await handle.write(chunk);
        loaded += chunk.length;
        onProgress(loaded, total);
      }
    } finally {
      await handle.close();
    }
    if (total !== undefined && loaded !== total) {
      throw new Error(`${loaded} of ${total} bytes came`);
    }
  } finally {
    clearTimeout(timer);
  }
  await rename(part, file);
  await rm(`${part}.json`, { force: true });
}

/** @throws Problem if a retry is useless, Error if a retry may help */
async function expectBody(response: Response, part: string, have: number): Promise<void> {
  const { status, url } = response;
  const from = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  const isExpected = status === 200 || (status === 206 && Number(from) === have);
  if (isExpected && response.body) return;
  await response.body?.cancel();
  // With status 416, the local bytes are not the beginning of the server's file.
  if (status === 416 || status === 206) await rm(part, { force: true });
  else if (status >= 400 && status < 500) {
    throw new Problem('download', `There is nothing to download at ${url} (status ${status}).`);
  }
  throw new Error(`the server answers with status ${status}`);
}

/** The size of the whole file in bytes; undefined if the server does not report it. */
function lengthFrom(response: Response, start: number): number | undefined {
  const length = response.headers.get('Content-Length');
  return length === null ? undefined : start + Number(length);
}

async function begin(part: string, url: string, response: Response): Promise<void> {
  const etag = response.headers.get('ETag');
  // A weak ETag must not be used for a range of bytes (RFC 9110, section 13.1.5).
  const validator = etag?.startsWith('"') ? etag : response.headers.get('Last-Modified');
  if (validator) await writeFile(`${part}.json`, JSON.stringify({ url, validator }));
  else await rm(`${part}.json`, { force: true });
}

async function readBegun(part: string, url: string): Promise<Begun | undefined> {
  try {
    const begun = JSON.parse(await readFile(`${part}.json`, 'utf8')) as Begun;
    return begun.url === url ? begun : undefined;
  } catch {
    return undefined; // Nothing can be resumed, so the download starts from the beginning.
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
