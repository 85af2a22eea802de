import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run-command.ts';
import { openHarness } from '../test/harness/open-harness.ts';
import { quantile } from './quantile.ts';

const USAGE = `npm run bench -- network [--sizes 224,160] [--batches 1,8] [--rounds 8] [--json FILE]`;
/** Passes in a turn: of one picture, and of more. */
const PASSES = { one: 8, more: 2 };
/** The fastest quarter's median: what the machine does when nothing else disturbs it. */
const QUIET = 0.125;

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
 * The frozen network alone, from bytes to features, on wasm: the app's executor with one thread and
 * with all, with plain SIMD, the fused network in TensorFlow.js, and TensorFlow.js's LayersModel.
 * All run in one Chromium and take turns. Their features are compared first.
 */
export async function network(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
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
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  const rows: Row[] = [];
  const harness = await openHarness();
  try {
    for (const size of sizes) {
      for (const batch of batches) {
        const passes = batch === 1 ? PASSES.one : PASSES.more;
        const timed = await harness.page.evaluate(
          async ({ size, batch, rounds, passes }) =>
            (await globalThis.harness.networks()).timeNetworks(size, batch, rounds, passes),
          { size, batch, rounds, passes },
        );
        for (const { engine, threads, times } of timed) {
          const sorted = times.toSorted((a, b) => a - b);
          const at = (fraction: number) => quantile(sorted, fraction);
          rows.push({
            engine,
            threads,
            size,
            batch,
            p50: at(0.5),
            p95: at(0.95),
            quiet: at(QUIET),
          });
        }
      }
    }
  } finally {
    await harness.close();
  }
  print(rows);
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
}

/** Prints each row with the time of the app's executor on one thread, divided by its own. */
function print(rows: readonly Row[]): void {
  for (const row of rows) {
    const { engine, threads, size, batch, p50, p95, quiet } = row;
    const ours = rows.find((each) => each.size === size && each.batch === batch)!;
    const ms = [p50, p95, quiet].map((time) => time.toFixed(1)).join(', ');
    const ratio = (ours.quiet / quiet).toFixed(2);
    console.log(
      `${size} px, batch ${batch}, ${engine}, threads ${threads}: p50, p95, quiet ${ms} ms; ` +
        `ours with one thread takes ${ratio} of its time`,
    );
  }
}
