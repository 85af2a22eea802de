import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { staticHandler } from './static-handler.ts';

export interface ServeOptions {
  /** The folder to serve, such as `dist`. */
  readonly dir: string;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Address to listen on; this machine only, unless told. */
  readonly host?: string;
  /** PEM: then it speaks HTTPS. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** Path of the folder in the address, such as `/app/`, as on a host that serves several apps. */
  readonly base?: string;
  /** Sees every request first, and returns true for one that it answers itself: for faults. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

interface ServedRequest {
  readonly method: string;
  readonly path: string;
}

export interface FolderServer {
  /** Where the app is, ending in a slash. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in order. */
  readonly requests: readonly ServedRequest[];
  /** Stops listening and cuts open connections: from here on, the app is offline. */
  close(): Promise<void>;
}

/**
 * Serves a folder with the headers that the app is made for (see headers.ts).
 *
 * @throws when the port is taken (`code` is EADDRINUSE) or the certificate is no good
 */
export async function serveFolder(options: ServeOptions): Promise<FolderServer> {
  const { dir, port = 0, host = '127.0.0.1', tls, base = '/', intercept } = options;
  const requests: ServedRequest[] = [];
  const answer = staticHandler(dir, base);
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
