import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { serveFolder, type ServeOptions } from '../../scripts/serve/serve-folder.ts';
import { staticHandler } from '../../scripts/serve/static-handler.ts';
import { tinyBase } from '../fixtures/base-tiny.ts';

/** Where `npm run build:harness` puts the harness page. */
export const HARNESS_FOLDER = 'build/harness';

/** What a test writes into HarnessServer.folder, seen from the harness page. */
const MADE = 'made/';

/** A page with this address finds the tiny base as its default one: see main.ts, `liveStage`. */
export const TINY_PAGE = `${MADE}tiny/`;

/** A folder with the tiny base (test/fixtures/base-tiny.ts), at 32 and 48 pixels. */
export const TINY_BASES = `${TINY_PAGE}bases/`;

/** Where pages keep bytes for later tests: see stored-rows.ts. */
const KEPT = '/kept/';

export interface HarnessServer {
  readonly url: string;
  /** Sees every request first: see ServeOptions. */
  intercept: ServeOptions['intercept'];
  /** A new folder of bases for one test, and its address from the harness page. */
  makeFolder(): Promise<{ folder: string; address: string }>;
  close(): Promise<void>;
}

/** Serves the harness page, the tiny base, and what tests add to them. */
export async function serveHarness(): Promise<HarnessServer> {
  const made = await mkdtemp(join(tmpdir(), 'purrceptron-made-'));
  const answerMade = staticHandler(made, { base: `/${MADE}` });
  const kept = new Map<string, Buffer>();
  let tiny: Promise<unknown> | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    if (path.startsWith(KEPT)) {
      await answerKept(kept, request, response, path);
      return;
    }
    if (path.startsWith(`/${TINY_BASES}`)) {
      await (tiny ??= tinyBase(join(made, 'tiny/bases'), { moreSizes: [48] }));
    }
    await answerMade(request, response);
  };

  const server = await serveFolder({
    dir: HARNESS_FOLDER,
    port: 0,
    intercept: (request, response) => {
      if (served.intercept?.(request, response)) return true;
      const path = request.url ?? '';
      if (!path.startsWith(KEPT) && !path.startsWith(`/${MADE}`)) return false;
      answer(request, response, path).catch((thrown: unknown) => {
        console.error(path, thrown);
        response.destroy();
      });
      return true;
    },
  });
  const served: HarnessServer = {
    url: server.url,
    intercept: undefined,
    makeFolder: async () => {
      const folder = await mkdtemp(join(made, 'bases-'));
      return { folder, address: `${MADE}${folder.slice(made.length + 1)}/` };
    },
    close: async () => {
      await server.close();
      await rm(made, { recursive: true, force: true });
    },
  };
  return served;
}

async function answerKept(
  kept: Map<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (request.method === 'PUT') {
    kept.set(path, await buffer(request));
    response.writeHead(204).end();
    return;
  }
  // 204, not 404: the browser writes every 404 to the console.
  const bytes = kept.get(path);
  response.writeHead(bytes ? 200 : 204, { 'Cache-Control': 'no-store' }).end(bytes);
}
