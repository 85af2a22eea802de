import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import type { BackendName } from '../src/records/engine.ts';
import { openHarness } from '../test/harness/open-harness.ts';
import { quantile } from './quantile.ts';

const USAGE = `npm run bench -- live [--backend wasm,webgpu] [--frames 60] [--json FILE]`;
/** Number of frames before the measurement. */
const WARM_UP = 5;

interface Row {
  readonly name: string;
  readonly backend: BackendName;
  /** Median and 95th percentile of the time from a frame to its label, in ms. */
  readonly p50: number;
  readonly p95: number;
}

/**
 * Time from a frame to its label for the app, for the same weights with TensorFlow.js's
 * `LayersModel.predict`, and for Teachable Machine's library with its smaller model. All three run
 * in one Chromium on one backend, alternating frame by frame.
 */
export async function live(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      backend: { type: 'string', default: 'wasm' },
      frames: { type: 'string', default: '60' },
      json: { type: 'string' },
    },
  });
  const frames = Number(values.frames);
  if (!(frames >= 10)) throw new Error(USAGE);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const rows: Row[] = [];
  for (const backend of values.backend.split(',') as BackendName[]) {
    rows.push(...(await onBackend(backend, frames)));
  }
  for (const { name, backend, p50, p95 } of rows) {
    console.log(`${backend} ${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  }
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
}

async function onBackend(backend: BackendName, frames: number): Promise<Row[]> {
  const harness = await openHarness({ webgpu: backend === 'webgpu' });
  try {
    const times = await harness.page.evaluate(
      async ({ backend, frames, warmUp }) =>
        (await globalThis.harness.livePeers()).labelFrames(backend, frames, warmUp),
      { backend, frames, warmUp: WARM_UP },
    );
    return Object.entries(times).map(([name, values]) => {
      const sorted = values.toSorted((a, b) => a - b);
      return { name, backend, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
    });
  } finally {
    await harness.close();
  }
}
