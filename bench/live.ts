import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import type { BackendName } from '../src/records/engine.ts';
import { openHarness } from '../test/harness/open-harness.ts';

const USAGE = `npm run bench -- live [--backend wasm,webgpu] [--frames 60] [--json FILE]`;
const WARM_UP = 5;

interface Row {
  readonly name: string;
  readonly backend: BackendName;
  /** Milliseconds from a frame to its label: the median, and what 95 % stay below. */
  readonly p50: number;
  readonly p95: number;
}

/**
 * From a frame to its label: the app, the same weights through TensorFlow.js's
 * `LayersModel.predict`, and Teachable Machine's own library with its smaller model. In one
 * Chromium, on one backend, taking turns frame by frame.
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

/** Of ascending values, the nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
