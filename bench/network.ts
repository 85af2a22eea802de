import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { run } from '../scripts/run-command.ts';
import { KeptBrowser } from '../test/engines/kept-browser.ts';
import { launchChromium, openHarnessPage } from '../test/harness/open-harness.ts';
import { serveHarness } from '../test/harness/serve-harness.ts';
import { openRuntimes, type Runtime, type RuntimeSetting } from './peer/open-runtimes.ts';
import type { NetworkBackend, NetworkPart } from './peer/worker-of-networks.ts';
import { quantile } from './quantile.ts';

const USAGE = `npm run bench -- network [--peers | --boundary] [--webgpu | --webkit] [--sizes 224,160] [--batches 1,8] [--rounds 8] [--json FILE]`;
/** Passes in a turn: of one picture, and of more. */
const PASSES = { one: 8, more: 2 };
/** Milliseconds before a turn, so that threads of the one before have gone to sleep. */
const PAUSE_MS = 150;
/** The fastest quarter's median: what the machine does when nothing else disturbs it. */
const QUIET = 0.125;
/** An engine must give the features of the others, up to rounding. */
const TOLERANCE = 1e-3;

/** A page of the test harness, in whatever browser. */
type HarnessPage = Pick<Page, 'evaluate'>;

interface Row {
  readonly engine: string;
  readonly threads: number;
  readonly size: number;
  readonly batch: number;
  /** Median, 95th percentile and quiet quantile of a pass, in ms. */
  readonly p50: number;
  readonly p95: number;
  readonly quiet: number;
}

/**
 * The frozen network alone, from pixels to features, on wasm: the app's executor with one thread and
 * with all, with plain SIMD, the fused network in TensorFlow.js, and TensorFlow.js's LayersModel;
 * with `--webgpu` the same on WebGPU, where the plan has one form; with `--webkit` the same in WebKit;
 * with `--peers` also ONNX Runtime Web and LiteRT.js, on files that the app's own exporters write; with
 * `--boundary` only up to the boundary activations of the tutorial's fine-tuning. All run in one
 * browser and take turns. Their features are compared first, and an engine that gives
 * others is left out.
 */
export async function network(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      peers: { type: 'boolean', default: false },
      boundary: { type: 'boolean', default: false },
      webgpu: { type: 'boolean', default: false },
      webkit: { type: 'boolean', default: false },
      sizes: { type: 'string', default: '224,160' },
      batches: { type: 'string', default: '1,8' },
      rounds: { type: 'string', default: '8' },
      json: { type: 'string' },
    },
  });
  const [sizes, batches] = [values.sizes, values.batches].map((list) =>
    list.split(',').map(Number),
  ) as [number[], number[]];
  const rounds = Number(values.rounds);
  if (!(rounds >= 1) || ![...sizes, ...batches].every((value) => value >= 1))
    throw new Error(USAGE);
  if (values.webkit && (values.peers || values.webgpu)) throw new Error(USAGE);
  if (values.boundary && (values.peers || values.webgpu)) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const rows: Row[] = [];
  const served = await serveHarness();
  const backend = values.webgpu ? 'webgpu' : 'wasm';
  const part = values.boundary ? 'boundary' : 'features';
  const opened = values.webkit
    ? await openInWebKit(served.url)
    : await openInChromium(served.url, values.webgpu);
  const { page, browser } = opened;
  try {
    for (const size of sizes) {
      const own = await openOwn(page, { size, backend, part });
      for (const batch of batches) {
        const threads = Math.max(...own.map((each) => each.threads));
        const peers =
          values.peers && browser
            ? await openPeers(browser, page, { size, batch, threads, backend })
            : undefined;
        const entries = [...own.map((each) => each.at(batch)), ...(peers?.runtimes ?? [])];
        const right = await withRightFeatures(entries);
        const times = await takeTurns(right, rounds, batch === 1 ? PASSES.one : PASSES.more);
        await peers?.close();
        rows.push(...right.map((entry, i) => rowOf(entry, size, batch, times[i]!)));
      }
    }
  } finally {
    await opened.close();
    await served.close();
  }
  print(rows);
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
}

interface Opened {
  readonly page: HarnessPage;
  /** Where other runtimes can be opened too. */
  readonly browser?: Browser;
  close(): Promise<void>;
}

async function openInChromium(url: string, webgpu: boolean): Promise<Opened> {
  const browser = await launchChromium({ webgpu });
  const { page } = await openHarnessPage(browser, url);
  return { page, browser, close: () => browser.close() };
}

async function openInWebKit(url: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-network-'));
  const kept = new KeptBrowser('webkit', folder);
  const browser = await kept.get();
  await browser.open(url);
  await browser.run(async () => {
    while (!('harness' in globalThis)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  return {
    // The functions that the page gets here have one argument.
    page: { evaluate: browser.run.bind(browser) },
    close: async () => {
      await kept.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The engines of the harness page for one input size; `at` gives one for a batch. */
async function openOwn(
  page: HarnessPage,
  setting: {
    readonly size: number;
    readonly backend: NetworkBackend;
    readonly part: NetworkPart;
  },
) {
  const contenders = await page.evaluate(
    async ({ size, backend, part }) =>
      (await globalThis.harness.networks()).openNetworks(size, backend, part),
    setting,
  );
  return contenders.map((contender, index) => ({
    ...contender,
    at: (batch: number): Runtime => ({
      ...contender,
      features: () =>
        page.evaluate(
          async ({ index, batch }) =>
            (await globalThis.harness.networks()).featuresOf(index, batch),
          { index, batch },
        ),
      time: (passes) =>
        page.evaluate(
          async ({ index, batch, passes }) =>
            (await globalThis.harness.networks()).timeNetwork(index, batch, passes),
          { index, batch, passes },
        ),
    }),
  }));
}

async function openPeers(browser: Browser, page: HarnessPage, setting: RuntimeSetting) {
  const { onnx, tflite } = await page.evaluate(
    async (batch) => (await globalThis.harness.networks()).modelsFor(batch),
    setting.batch,
  );
  const bytesOf = async (address: string) =>
    new Uint8Array(await (await fetch(address)).arrayBuffer());
  const models = { onnx: await bytesOf(onnx), tflite: await bytesOf(tflite) };
  return openRuntimes(browser, models, setting);
}

/** Those that give the features of the first; the others are named and not timed. */
async function withRightFeatures(entries: readonly Runtime[]): Promise<readonly Runtime[]> {
  const expected = await entries[0]!.features();
  const right: Runtime[] = [];
  for (const entry of entries) {
    const { engine, threads } = entry;
    const found = await entry.features();
    const difference = expected.reduce((most, value, i) => {
      const each = Math.abs(value - found[i]!);
      return each <= most ? most : each;
    }, 0);
    const isRight = difference <= TOLERANCE;
    console.log(
      `${engine}, ${threads} threads: features differ by ${difference.toExponential(1)}` +
        (isRight ? '' : ', so it is left out'),
    );
    if (isRight) right.push(entry);
  }
  return right;
}

/** In rounds, a different engine first each time. @returns the times of each engine */
async function takeTurns(
  entries: readonly Runtime[],
  rounds: number,
  passes: number,
): Promise<number[][]> {
  const times = entries.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const index = (round + turn) % entries.length;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      times[index]!.push(...(await entries[index]!.time(passes)));
    }
  }
  return times;
}

function rowOf({ engine, threads }: Runtime, size: number, batch: number, times: number[]): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, quiet] = [0.5, 0.95, QUIET].map((fraction) => quantile(sorted, fraction));
  return { engine, threads, size, batch, p50: p50!, p95: p95!, quiet: quiet! };
}

/** Prints each row with the times of the app's executor, on one thread and on all, over its own. */
function print(rows: readonly Row[]): void {
  for (const row of rows) {
    const { engine, threads, size, batch, p50, p95, quiet } = row;
    const ours = rows.filter((each) => {
      return each.size === size && each.batch === batch && each.engine === 'ours';
    });
    const ms = [p50, p95, quiet].map((time) => time.toFixed(1)).join(', ');
    const ratios = ours.map((each) => `${each.threads}: ${(each.quiet / quiet).toFixed(2)}`);
    console.log(
      `${size} px, batch ${batch}, ${engine}, threads ${threads}: p50, p95, quiet ${ms} ms; ` +
        `ours over it, by threads, ${ratios.join(', ')}`,
    );
  }
}
