import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { BrowserContext, Page } from '@playwright/test';
import { serveFolder } from '../scripts/serve/serve-folder.ts';
import { expectOfflineReady, launchPhone } from '../test/e2e/launch-phone.ts';
import { quantile } from './quantile.ts';

const compress = promisify(brotliCompress);
const USAGE = `npm run bench -- start [--dir dist] [--against DIR|URL] [--ready] [--rounds 9] [--json FILE]`;

/** Milliseconds since the navigation. */
interface Marks {
  /** The worker had its first message. */
  worker: number;
  /** The engine was ready. */
  ready: number;
  /** The first answer came. */
  answer: number;
}

/** What is waited for. */
type Last = 'ready' | 'answer';

/** A build, served. */
interface Served {
  readonly name: string;
  readonly url: string;
  close(): Promise<void>;
}

interface Row extends Marks {
  readonly name: string;
  /** Brotli bytes of the code that the learning worker had loaded by then, and of its .wasm files. */
  readonly code: number;
  readonly wasm: number;
}

/**
 * The time from opening the page to the first answer in Live, about the camera picture, with the app
 * and its base stored by the service worker. With `--against`, another build takes turns with the
 * first one in the same Chromium: a folder, or the address of its own server. `--ready` waits for the
 * engine only, as earlier versions give no answer before the first photo. Medians, and how they
 * compare.
 */
export async function start(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: 'string', default: 'dist' },
      against: { type: 'string' },
      rounds: { type: 'string', default: '9' },
      ready: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  if (!(rounds >= 1)) throw new Error(USAGE);
  const last = values.ready ? 'ready' : 'answer';
  const builds = [values.dir, ...(values.against === undefined ? [] : [values.against])];
  const profile = await mkdtemp(join(tmpdir(), 'purrceptron-start-'));
  const servers = await Promise.all(builds.map(serve));
  const context = await launchPhone(profile);
  try {
    const all = builds.map((): Marks[] => []);
    const loaded: string[][] = [];
    for (const [index, { url }] of servers.entries()) {
      loaded[index] = await install(context, `${url}#/live`, last);
      // The browser keeps compiled code from the second time on.
      await timeStart(context, `${url}#/live`, last);
    }
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? [...servers.keys()] : [...servers.keys()].reverse();
      for (const index of order) {
        all[index]!.push(await timeStart(context, `${servers[index]!.url}#/live`, last));
      }
    }
    const rows = await Promise.all(
      servers.map(async ({ name }, index) => ({
        ...{ name, ...medians(all[index]!) },
        ...(await codeBytes(loaded[index]!)),
      })),
    );
    report(rows, last);
    if (values.json !== undefined) {
      await writeFile(values.json, `${JSON.stringify({ rows, all }, null, 2)}\n`);
    }
  } finally {
    await context.close();
    await Promise.all(servers.map((server) => server.close()));
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function serve(build: string): Promise<Served> {
  if (/^https?:/.test(build)) return { name: build, url: build, close: () => Promise.resolve() };
  const server = await serveFolder({ dir: build });
  return { name: build, url: server.url, close: () => server.close() };
}

function report(rows: readonly Row[], last: Last): void {
  const keys = (['worker', 'ready', 'answer'] as const).slice(0, last === 'ready' ? 2 : 3);
  for (const { name, code, wasm, ...marks } of rows) {
    const times = keys.map((key) => `${key} ${marks[key].toFixed(0)}`).join(', ');
    console.log(`${name}: ${times} ms;`);
    console.log(`  brotli bytes of the worker: code ${code}, .wasm ${wasm}`);
  }
  const [own, other] = rows;
  if (!own || !other) return;
  for (const key of [last, 'code'] as const) {
    console.log(`${key}: ${(own[key] / other[key]).toFixed(2)} of ${other.name}`);
  }
}

/** Opens the app for the first time. @returns addresses of what its worker loaded for an answer */
async function install(context: BrowserContext, url: string, last: Last): Promise<string[]> {
  const { page, answered } = await open(context, url, last);
  await answered();
  const worker = page.workers().find((each) => /\/worker-/.test(each.url()));
  if (!worker) throw new Error('There is no learning worker');
  const loaded = await worker.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  await expectOfflineReady(page);
  await page.close();
  return [worker.url(), ...loaded];
}

/** Opens the app in a new page. */
async function timeStart(context: BrowserContext, url: string, last: Last): Promise<Marks> {
  const { page, answered } = await open(context, url, last);
  const marks = await answered();
  await page.close();
  return marks;
}

async function open(
  context: BrowserContext,
  url: string,
  last: Last,
): Promise<{ page: Page; answered: () => Promise<Marks> }> {
  const page = await context.newPage();
  // What tsx wraps functions in, to keep their names.
  await page.addInitScript('globalThis.__name ??= (value) => value;');
  await page.addInitScript(markCalls);
  await page.goto(url, { waitUntil: 'commit' });
  const answered = async () => {
    const found = await page.waitForFunction((last) => {
      const { marks } = globalThis as unknown as { marks: Partial<Marks> };
      return marks[last] !== undefined && marks;
    }, last);
    return (await found.jsonValue()) as Marks;
  };
  return { page, answered };
}

/** Notes when the learning worker answers its first calls. It runs in the page. */
function markCalls(): void {
  const marks: Partial<Marks> = {};
  const calls = new Map<string, 'ready' | 'answer'>();
  Object.assign(globalThis, { marks });
  const { prototype } = Worker as unknown as { prototype: { postMessage: () => void } };
  prototype.postMessage = new Proxy(prototype.postMessage, {
    apply: (post, worker: Worker, args: [{ id?: string; path?: string[] }]) => {
      const [{ id = '', path }] = args;
      if (marks.worker === undefined) {
        marks.worker = performance.now();
        worker.addEventListener('message', ({ data }: MessageEvent<{ id?: string }>) => {
          const mark = calls.get(data.id ?? '');
          if (mark) marks[mark] ??= performance.now();
        });
      }
      if (path?.[0] === 'start') calls.set(id, 'ready');
      if (path?.[0] === 'classify') calls.set(id, 'answer');
      Reflect.apply(post, worker, args);
    },
  });
}

function medians(all: readonly Marks[]): Marks {
  const median = (key: keyof Marks) =>
    quantile(
      all.map((marks) => marks[key]).toSorted((a, b) => a - b),
      0.5,
    );
  return { worker: median('worker'), ready: median('ready'), answer: median('answer') };
}

/** What a module imports, in minified code. */
const IMPORTED = /(?:from|import)\s*"(\.\/[^"]+\.js)"/g;

/**
 * Brotli bytes of what a worker has loaded: its code, with what each script imports, because a worker
 * names only what it asked for later, and its .wasm files.
 *
 * @param addresses that it has asked for, its own first
 */
async function codeBytes(addresses: readonly string[]): Promise<{ code: number; wasm: number }> {
  const bytes = { code: 0, wasm: 0 };
  const files = new Set(addresses);
  for (const file of files) {
    if (!/\.(js|wasm)$/.test(file)) continue;
    const content = new Uint8Array(await (await fetch(file)).arrayBuffer());
    const size = (await compress(content)).length;
    if (file.endsWith('.wasm')) {
      bytes.wasm += size;
      continue;
    }
    bytes.code += size;
    for (const [, path] of new TextDecoder().decode(content).matchAll(IMPORTED)) {
      files.add(new URL(path!, file).href);
    }
  }
  return bytes;
}
