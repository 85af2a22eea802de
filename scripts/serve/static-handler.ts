import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentType } from './content-type.ts';
import { headersFor } from './headers.ts';
import { ServedFiles } from './served-files.ts';

/**
 * Answers GET and HEAD with the files of `dir`, as a static host does that obeys `_headers`.
 *
 * @param base path of the folder in the address, with a slash at both ends
 */
export function staticHandler(
  dir: string,
  base: string,
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
      'Content-Type': type,
      ETag: file.etag,
      ...(compress && { Vary: 'Accept-Encoding' }),
      ...(file.encoding !== 'identity' && { 'Content-Encoding': file.encoding }),
    };
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Length': file.body.byteLength });
    response.end(request.method === 'HEAD' ? undefined : file.body);
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

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    ...headersFor('/missing'),
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  });
  response.end(status === 405 ? 'Only GET and HEAD' : 'Not found');
}
