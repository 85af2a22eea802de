import type { IncomingMessage, ServerResponse } from 'node:http';
import { byteRange } from './byte-range.ts';
import { contentType } from './content-type.ts';
import { headersFor } from './headers.ts';
import type { ServeOptions } from './serve-folder.ts';
import { ServedFiles } from './served-files.ts';

/**
 * A request handler that answers GET and HEAD with the files of `dir`, or with a range of their
 * bytes, like a static host that supports `_headers`.
 *
 * @param base the path of the folder in the URL, with a slash at both ends
 * @param revalidate whether browsers must ask for every file again
 */
export function staticHandler(
  dir: string,
  { base = '/', revalidate = false }: Pick<ServeOptions, 'base' | 'revalidate'> = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const files = new ServedFiles(dir);
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, { Allow: 'GET, HEAD' });
      return;
    }
    const path = pathIn(base, request.url ?? '/');
    if (path === undefined) {
      refuse(response, 404);
      return;
    }
    const name = path === '/' ? '/index.html' : path;
    const accept = request.headers['accept-encoding'];
    const file = await files.get(name, typeof accept === 'string' ? accept : '');
    if (!file) {
      refuse(response, 404);
      return;
    }
    const { type, compress } = contentType(name);
    const headers = {
      ...headersFor(path),
      ...(revalidate && { 'Cache-Control': 'no-cache' }),
      'Content-Type': type,
      ETag: file.etag,
      'Accept-Ranges': 'bytes',
      ...(compress && { Vary: 'Accept-Encoding' }),
      ...(file.encoding !== 'identity' && { 'Content-Encoding': file.encoding }),
    };
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const size = file.body.byteLength;
    const range = byteRange(rangeOf(request, file.etag), size);
    if (range === 'unsatisfiable') {
      refuse(response, 416, { 'Content-Range': `bytes */${size}` });
      return;
    }
    const { start, end } = range ?? { start: 0, end: size };
    response.writeHead(range ? 206 : 200, {
      ...headers,
      ...(range && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
      'Content-Length': end - start,
    });
    response.end(request.method === 'HEAD' ? undefined : file.body.subarray(start, end));
  };
}

/** The decoded path below `base`, beginning with a slash; undefined outside it or if malformed. */
function pathIn(base: string, url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://host').pathname);
    return path.startsWith(base) ? path.slice(base.length - 1) : undefined;
  } catch {
    return undefined;
  }
}

/** The Range header of a request; undefined if `If-Range` names another version of the file. */
function rangeOf({ method, headers }: IncomingMessage, etag: string): string | undefined {
  const isOfThis = headers['if-range'] === undefined || headers['if-range'] === etag;
  return method === 'GET' && isOfThis ? headers.range : undefined;
}

const REFUSALS: Readonly<Record<number, string>> = {
  404: 'Not found',
  405: 'Only GET and HEAD',
  416: 'No such bytes',
};

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    ...headersFor('/missing'),
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  });
  response.end(REFUSALS[status]);
}
