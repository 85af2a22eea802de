import { sha256 } from '../../platform/sha256.ts';
import { PartialFile } from './partial-file.ts';
import type { BaseFile } from '../../records/base-spec.ts';

/** Without a byte for so long, a download has ended, whatever the server says. */
const SILENCE_MS = 30_000;

/** How often a connection that brought something and then broke is made anew, unasked. */
const RECONNECTIONS = 3;

/** Whether bytes are those of a file. */
export async function isFile(bytes: ArrayBuffer, file: BaseFile): Promise<boolean> {
  return bytes.byteLength === file.bytes && (await sha256(bytes)) === file.sha256;
}

/**
 * Downloads a file of a base. One that broke off goes on where it was, also in a later visit, with
 * servers that can do that (`Range`); the others send it from its beginning.
 *
 * @param key that its parts are kept under, with its SHA-256
 * @param onArrived bytes that are here
 * @returns undefined when the server has other bytes under that address
 * @throws Error when the connection does not last, or the answer is not the file
 */
export async function downloadFile(
  url: URL,
  file: BaseFile,
  key: URL,
  onArrived: (bytes: number) => void,
): Promise<ArrayBuffer | undefined> {
  const partial = await PartialFile.open(key, file.bytes);
  const inOneGo = await fetchRest(url, partial, onArrived);
  let whole = await isFile(partial.bytes.buffer, file);
  if (!whole && !inOneGo) {
    // The rest was not of the same file as the beginning, or that was damaged here.
    await partial.clear();
    await fetchRest(url, partial, onArrived);
    whole = await isFile(partial.bytes.buffer, file);
  }
  // Before the whole file is kept: a full phone may not have room for both.
  await partial.clear();
  return whole ? partial.bytes.buffer : undefined;
}

/** @returns whether one answer brought the whole file */
async function fetchRest(
  url: URL,
  partial: PartialFile,
  onArrived: (bytes: number) => void,
): Promise<boolean> {
  for (let left = RECONNECTIONS; ; left--) {
    const before = partial.arrived;
    onArrived(before);
    const silence = new StallTimeout();
    try {
      return await fetchOnce(url, partial, silence, onArrived);
    } catch (thrown) {
      await partial.keep();
      // Who says nothing is not asked again unasked, nor who is not there at all.
      if (silence.signal.aborted || left === 0 || partial.arrived === before) throw thrown;
    } finally {
      silence.end();
    }
  }
}

/**
 * Asks once for what is missing, and takes what comes.
 *
 * @returns whether that was the whole file
 */
async function fetchOnce(
  url: URL,
  partial: PartialFile,
  silence: StallTimeout,
  onArrived: (bytes: number) => void,
): Promise<boolean> {
  const { length } = partial.bytes;
  if (partial.arrived === length) return false;
  const isRestOnly = partial.arrived > 0;
  const response = await fetch(url, {
    // What is kept of it stands in one place; and a captive portal's page may lie in the HTTP cache.
    cache: 'no-store',
    signal: silence.signal,
    headers: partial.arrived > 0 ? rangeHeaders(partial) : {},
  });
  if (!response.ok || !response.body || isSomethingElse(response, length)) {
    // What is here is no beginning of what is there.
    if (response.status === 416) await partial.clear();
    throw new Error(`${response.status} for ${url.pathname}, and not the file`);
  }
  if (response.status !== 206) {
    await partial.clear();
    partial.etag = validatorOf(response);
  } else if (!isRest(response, partial)) {
    await partial.clear();
    throw new Error(`Another part of ${url.pathname} than was asked for`);
  }
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    silence.reset();
    // A server cannot fill the memory.
    if (partial.arrived + value.length > length) {
      await partial.clear();
      throw new Error(`${url.pathname} is too long`);
    }
    await partial.append(value);
    onArrived(partial.arrived);
  }
  if (partial.arrived !== length) throw new Error(`${url.pathname} is cut off`);
  return !(isRestOnly && response.status === 206);
}

function rangeHeaders({ arrived, etag }: PartialFile): Record<string, string> {
  return { Range: `bytes=${arrived}-`, ...(etag !== undefined && { 'If-Range': etag }) };
}

/** A page, as captive portals have it, or a file of another length: no reason to drop what is here. */
function isSomethingElse({ status, headers }: Response, length: number): boolean {
  if (/^text\/html\b/i.test(headers.get('Content-Type') ?? '')) return true;
  const stated = headers.get('Content-Length');
  const isPlain = status === 200 && !headers.has('Content-Encoding');
  return isPlain && stated !== null && Number(stated) !== length;
}

/** What the same bytes can be asked for by; a range is never compressed, and so has another ETag. */
function validatorOf({ headers }: Response): string | undefined {
  const etag = headers.get('ETag');
  // A weak one says nothing of single bytes (RFC 9110, section 13.1.5).
  return etag?.startsWith('"') && !headers.has('Content-Encoding') ? etag : undefined;
}

/** Whether an answer of status 206 is what is missing of a file, from the first byte to the last. */
function isRest({ headers }: Response, { arrived, bytes }: PartialFile): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '');
  const [, first, last, total] = range ?? [];
  return (
    Number(first) === arrived &&
    Number(last) === bytes.length - 1 &&
    (total === '*' || Number(total) === bytes.length)
  );
}

/** Ends a request when nothing has come for too long. */
class StallTimeout {
  readonly #control = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.reset();
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Something came. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#control.abort(new Error(`No byte in ${SILENCE_MS / 1000} s`));
    }, SILENCE_MS);
  }

  /** Over: what still comes of a refused answer is not waited for. */
  end(): void {
    clearTimeout(this.#timer);
    this.#control.abort();
  }
}
