import { sha256 } from '../../platform/sha256.ts';
import { PartialFile } from './partial-file.ts';
import type { BaseFile } from '../../records/base-spec.ts';

/** A download that receives no byte for this long, in ms, has failed. */
const STALL_TIMEOUT_MS = 30_000;

/**
 * How often a connection that delivered some bytes and then broke is opened again automatically.
 */
const MAX_RECONNECTIONS = 3;

/** Whether bytes have the length and the SHA-256 of a file. */
export async function isFile(bytes: ArrayBuffer, file: BaseFile): Promise<boolean> {
  return bytes.byteLength === file.bytes && (await sha256(bytes)) === file.sha256;
}

/**
 * Downloads a file of a base. An interrupted download resumes where it stopped, also in a later
 * visit, if the server supports range requests (`Range`); otherwise it starts again.
 *
 * @param key cache key of the partial file; includes its SHA-256
 * @param onReceived reports the number of bytes received so far
 * @returns undefined when the server has other bytes at this address
 * @throws Error when the connection breaks or the response is not the file
 */
export async function downloadFile(
  url: URL,
  file: BaseFile,
  key: URL,
  onReceived: (bytes: number) => void,
): Promise<ArrayBuffer | undefined> {
  const partial = await PartialFile.open(key, file.bytes);
  const inOneResponse = await fetchRest(url, partial, onReceived);
  let isComplete = await isFile(partial.bytes.buffer, file);
  if (!isComplete && !inOneResponse) {
    // The rest belongs to another version than the beginning, or the stored beginning is corrupt.
    await partial.clear();
    await fetchRest(url, partial, onReceived);
    isComplete = await isFile(partial.bytes.buffer, file);
  }
  // Before the complete file is cached: a full phone may not have space for both.
  await partial.clear();
  return isComplete ? partial.bytes.buffer : undefined;
}

/** @returns whether one response delivered the complete file */
async function fetchRest(
  url: URL,
  partial: PartialFile,
  onReceived: (bytes: number) => void,
): Promise<boolean> {
  for (let left = MAX_RECONNECTIONS; ; left--) {
    const receivedBefore = partial.received;
    onReceived(receivedBefore);
    const stall = new StallTimeout();
    try {
      return await fetchOnce(url, partial, stall, onReceived);
    } catch (thrown) {
      await partial.store();
      // No automatic retry after a stall, nor when the connection delivered nothing.
      if (stall.signal.aborted || left === 0 || partial.received === receivedBefore) throw thrown;
    } finally {
      stall.end();
    }
  }
}

/**
 * Requests the missing part once and appends the bytes received.
 *
 * @returns whether the response was the complete file
 */
async function fetchOnce(
  url: URL,
  partial: PartialFile,
  stall: StallTimeout,
  onReceived: (bytes: number) => void,
): Promise<boolean> {
  const { length } = partial.bytes;
  if (partial.received === length) return false;
  const isRestOnly = partial.received > 0;
  const response = await fetch(url, {
    // The parts are already cached by PartialFile, and the HTTP cache may hold a captive portal's
    // page.
    cache: 'no-store',
    signal: stall.signal,
    headers: partial.received > 0 ? rangeHeaders(partial) : {},
  });
  if (!response.ok || !response.body || isOtherContent(response, length)) {
    // 416 Range Not Satisfiable: the stored bytes are not a beginning of the server's file.
    if (response.status === 416) await partial.clear();
    throw new Error(`${response.status} for ${url.pathname}, and not the file`);
  }
  if (response.status !== 206) {
    await partial.clear();
    partial.etag = validatorOf(response);
  } else if (!isRest(response, partial)) {
    await partial.clear();
    throw new Error(`Another range of ${url.pathname} than requested`);
  }
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    stall.reset();
    // So that a server cannot fill the memory.
    if (partial.received + value.length > length) {
      await partial.clear();
      throw new Error(`${url.pathname} is too long`);
    }
    await partial.append(value);
    onReceived(partial.received);
  }
  if (partial.received !== length) throw new Error(`${url.pathname} is cut off`);
  return !(isRestOnly && response.status === 206);
}

function rangeHeaders({ received, etag }: PartialFile): Record<string, string> {
  return { Range: `bytes=${received}-`, ...(etag !== undefined && { 'If-Range': etag }) };
}

/**
 * Whether a response is an HTML page, as captive portals send it, or a file of another length. The
 * stored bytes stay valid then.
 */
function isOtherContent({ status, headers }: Response, length: number): boolean {
  if (/^text\/html\b/i.test(headers.get('Content-Type') ?? '')) return true;
  const contentLength = headers.get('Content-Length');
  const isUncompressed = status === 200 && !headers.has('Content-Encoding');
  return isUncompressed && contentLength !== null && Number(contentLength) !== length;
}

/**
 * The ETag by which `If-Range` requests the same bytes. A compressed response has another ETag than
 * a range of the file, which is never compressed.
 */
function validatorOf({ headers }: Response): string | undefined {
  const etag = headers.get('ETag');
  // A weak ETag does not guarantee identical bytes (RFC 9110, section 13.1.5).
  return etag?.startsWith('"') && !headers.has('Content-Encoding') ? etag : undefined;
}

/** Whether a response with status 206 is exactly the missing rest of a file. */
function isRest({ headers }: Response, { received, bytes }: PartialFile): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '');
  const [, first, last, total] = range ?? [];
  return (
    Number(first) === received &&
    Number(last) === bytes.length - 1 &&
    (total === '*' || Number(total) === bytes.length)
  );
}

/** Aborts a request that receives no byte for `STALL_TIMEOUT_MS`. */
class StallTimeout {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.reset();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Restarts the timeout; called for each chunk. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new Error(`No byte in ${STALL_TIMEOUT_MS / 1000} s`));
    }, STALL_TIMEOUT_MS);
  }

  /** Stops the timeout, and aborts the rest of a refused response. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
