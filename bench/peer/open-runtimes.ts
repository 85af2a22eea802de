import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from '@playwright/test';
import { run } from '../../scripts/run-command.ts';
import { serveFolder } from '../../scripts/serve/serve-folder.ts';
import type { FeatureModels } from './feature-model.ts';
import type { NetworkBackend } from './worker-of-networks.ts';
import type { RuntimeCall } from './runtime-worker.ts';

/** Ignored by git. */
const FOLDER = 'build/runtimes';
const LITERT = '@litertjs/core@2.5.3';

/** Another runtime, with a base. */
export interface Runtime {
  readonly engine: string;
  readonly threads: number;
  /** The features of the golden pictures. */
  features(): Promise<number[]>;
  /** Milliseconds of each of some passes, after two that do not count. */
  time(passes: number): Promise<number[]>;
}

/** What runtimes are opened for. */
export interface RuntimeSetting {
  readonly size: number;
  readonly batch: number;
  /** The larger number of threads on wasm. */
  readonly threads: number;
  readonly backend: NetworkBackend;
}

/**
 * Opens ONNX Runtime Web and LiteRT.js, with one thread and with more, each in a worker of a page of
 * its own, which is cross-origin isolated. LiteRT.js is installed into a folder of the build first.
 *
 * On WebGPU there is one of each.
 */
export async function openRuntimes(
  browser: Browser,
  models: FeatureModels,
  { size, batch, threads, backend }: RuntimeSetting,
): Promise<{ runtimes: Runtime[]; close(): Promise<void> }> {
  await install();
  const code = await bundleWorker();
  const answers = new Map<string, [type: string, body: string | Uint8Array]>([
    ['/', ['text/html', '<!doctype html><title>Runtime</title>']],
    ['/worker.js', ['text/javascript', code]],
    ['/model.onnx', ['application/octet-stream', models.onnx]],
    ['/model.tflite', ['application/octet-stream', models.tflite]],
  ]);
  const server = await serveFolder({
    dir: join(FOLDER, 'node_modules'),
    intercept: ({ url = '' }, response) => {
      for (const [name, value] of Object.entries(ISOLATED)) response.setHeader(name, value);
      const [type, body] = answers.get(url) ?? [];
      if (type === undefined) return answerOnnxRuntime(url, response);
      response.writeHead(200, { 'Content-Type': type }).end(body);
      return true;
    },
  });
  const context = await browser.newContext();
  const runtimes: Runtime[] = [];
  for (const [engine, runtime, model] of [
    ['onnxruntime-web', 'onnx', '/model.onnx'],
    ['LiteRT.js', 'litert', '/model.tflite'],
  ] as const) {
    for (const count of backend === 'webgpu' ? [1] : new Set([1, threads])) {
      const page = await context.newPage();
      await page.goto(server.url);
      const setting = { threads: count, backend, size, batch };
      await call(page, { kind: 'start', runtime, model, ...setting });
      runtimes.push({
        ...{ engine, threads: count },
        features: async () => (await call(page, { kind: 'features' })) as number[],
        time: async (passes) => (await call(page, { kind: 'time', passes })) as number[],
      });
    }
  }
  return {
    runtimes,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function install(): Promise<void> {
  if (existsSync(join(FOLDER, 'node_modules/@litertjs/core/package.json'))) return;
  await run('npm', ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', LITERT]);
}

async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: ['bench/peer/runtime-worker.ts'], bundle: true, write: false },
    ...{ format: 'iife', nodePaths: [join(FOLDER, 'node_modules')], logLevel: 'error' },
  });
  return outputFiles[0]!.text;
}

/** ONNX Runtime Web is among the app's own development packages. */
function answerOnnxRuntime(
  url: string,
  response: Parameters<NonNullable<Parameters<typeof serveFolder>[0]['intercept']>>[1],
): boolean {
  if (!/^\/onnxruntime-web\/dist\/[\w.-]+$/.test(url)) return false;
  const type = url.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
  readFile(join('node_modules', url)).then(
    (bytes) => response.writeHead(200, { 'Content-Type': type }).end(bytes),
    () => response.writeHead(404).end(),
  );
  return true;
}

/** Calls the worker of a page, which the first call starts. */
function call(page: Page, message: RuntimeCall): Promise<unknown> {
  return page.evaluate(async (message) => {
    const holder = globalThis as { runtimeWorker?: Worker };
    const worker = (holder.runtimeWorker ??= new Worker('/worker.js'));
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<{ result?: unknown; error?: string }>((resolve, reject) => {
      port1.onmessage = ({ data }: MessageEvent<{ result?: unknown; error?: string }>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new Error(message));
      };
    });
    worker.postMessage(message, [port2]);
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error);
    return result;
  }, message);
}
