import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { staticHandler } from './static-handler.ts';

export interface ServeOptions {
  /** The folder to serve, such as `dist`. */
  readonly dir: string;
  /** 0, the default, uses any free port. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Certificate and key in PEM format; with them, the server uses HTTPS. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** The path of the folder in the URL, such as `/app/`, as on a host with several apps. */
  readonly base?: string;
  /** Whether browsers ask for every file again, as a build without hashes in its names needs it. */
  readonly revalidate?: boolean;
  /**
   * Called first for each request; returns true if it answers the request. Tests simulate faults.
   */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

interface ServedRequest {
  readonly method: string;
  readonly path: string;
}

export interface FolderServer {
  /** The URL of the app, ending in a slash. */
  readonly url: string;
  readonly port: number;
  /** All requests so far, in order. */
  readonly requests: readonly ServedRequest[];
  /** Stops listening and closes open connections; afterwards the app is offline. */
  close(): Promise<void>;
}

/**
 * Serves a folder with the headers that the app needs; see headers.ts.
 *
 * @throws Error if the port is taken (`code` is EADDRINUSE) or the certificate is invalid
 */
export async function serveFolder(options: ServeOptions): Promise<FolderServer> {
  const {
    dir,
    port = 0,
    host = '127.0.0.1',
    tls,
    base = '/',
    revalidate = false,
    intercept,
  } = options;
  const requests: ServedRequest[] = [];
  const answer = staticHandler(dir, { base, revalidate });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '' });
    if (intercept?.(request, response)) return;
    answer(request, response).catch((error: unknown) => {
      console.error(request.url, error);
      response.destroy();
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${taken}${base}`,
    port: taken,
    requests,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
