import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Problem } from '../../../src/platform/problem.ts';

/** Bytes that are here, of all the bytes, if the server says how many there are. */
export type OnProgress = (loaded: number, total: number | undefined) => void;

interface DownloadOptions {
  readonly onProgress?: OnProgress;
  /** Without a byte for so long, the connection is taken for dead. */
  readonly stallMs?: number;
  /** Attempts that bring nothing before it gives up. */
  readonly attempts?: number;
  readonly pauseMs?: number;
}

/** Far above what is downloaded here: a server cannot fill the disk. */
const LARGEST = 500e6;

/** What stands beside a `.part` file: enough to ask for the rest of the very same file. */
interface Begun {
  readonly url: string;
  /** A strong ETag, or else the Last-Modified date. */
  readonly validator: string;
}

/**
 * Downloads a file, and goes on where it was cut off: after a lost connection by itself, and after
 * a stop when it is called again. What has arrived stands in `<file>.part`; the file itself is
 * there only when it is whole.
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
    // Emptied before a new validator is noted: old bytes never stand beside it.
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

/** @throws Problem when asking again is no use, Error when it may be */
async function expectBody(response: Response, part: string, have: number): Promise<void> {
  const { status, url } = response;
  const from = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1];
  const asked = status === 200 || (status === 206 && Number(from) === have);
  if (asked && response.body) return;
  await response.body?.cancel();
  // 416: what is here is no beginning of what is there.
  if (status === 416 || status === 206) await rm(part, { force: true });
  else if (status >= 400 && status < 500) {
    throw new Problem('download', `There is nothing to download at ${url} (status ${status}).`);
  }
  throw new Error(`the server answers with status ${status}`);
}

/** @returns bytes of the whole file */
function lengthFrom(response: Response, start: number): number | undefined {
  const length = response.headers.get('Content-Length');
  return length === null ? undefined : start + Number(length);
}

async function begin(part: string, url: string, response: Response): Promise<void> {
  const etag = response.headers.get('ETag');
  // A weak ETag cannot stand for a range of bytes (RFC 9110, section 13.1.5).
  const validator = etag?.startsWith('"') ? etag : response.headers.get('Last-Modified');
  if (validator) await writeFile(`${part}.json`, JSON.stringify({ url, validator }));
  else await rm(`${part}.json`, { force: true });
}

async function readBegun(part: string, url: string): Promise<Begun | undefined> {
  try {
    const begun = JSON.parse(await readFile(`${part}.json`, 'utf8')) as Begun;
    return begun.url === url ? begun : undefined;
  } catch {
    return undefined; // Nothing begun, or nothing known of it: from the start.
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
