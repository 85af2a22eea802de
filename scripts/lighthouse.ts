import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { type Result, type RunnerResult } from 'lighthouse';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run lighthouse -- [--runs 3] [--out DIR]`: runs Lighthouse's mobile preset, with simulated
 * throttling, on the app as `npm start` serves it. It prints the scores of the median run and its
 * failed audits, and writes the report of each run to the folder. The exit code is 1 if a score is
 * below these minimums.
 */
const MIN_SCORES = {
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
} as const;

/** Sometimes a trace has no beginning (NO_NAVSTART), and Lighthouse must run again. */
const TRIES = 3;

const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
  'cumulative-layout-shift',
];

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    out: { type: 'string', default: 'test-results/lighthouse' },
  },
});

try {
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  const runs = await audit(Number(values.runs));
  const median = medianOf(runs);
  for (const result of runs) console.log(scoresOf(result));
  console.log(`\nMedian: ${scoresOf(median)}`);
  for (const line of [...metricsOf(median), ...failuresOf(median)]) console.log(line);
  const isBelow = ([id, min]: [string, number]) => score(median, id) < min;
  if (Object.entries(MIN_SCORES).some(isBelow)) process.exitCode = 1;
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}

/** Each run has its own browser, which has never loaded the app. */
async function audit(count: number): Promise<Result[]> {
  const server = await serveFolder({ dir: 'dist' });
  try {
    await mkdir(values.out, { recursive: true });
    const results: Result[] = [];
    while (results.length < count) {
      const { lhr, report } = await auditWithPatience(server.url);
      const file = join(values.out, `${results.length + 1}`);
      const [html, json] = report as string[];
      await writeFile(`${file}.html`, html!);
      await writeFile(`${file}.json`, json!);
      results.push(lhr);
    }
    return results;
  } finally {
    await server.close();
  }
}

async function auditWithPatience(url: string): Promise<RunnerResult> {
  for (let left = TRIES; ; left--) {
    try {
      return await auditOnce(url);
    } catch (thrown) {
      if (left === 1) throw thrown;
      console.log(thrown instanceof Error ? thrown.message : thrown);
    }
  }
}

async function auditOnce(url: string): Promise<RunnerResult> {
  const browser = await launch({
    chromePath: await chromiumPath(),
    // As on a first visit, the camera permission has not been granted.
    chromeFlags: ['--headless=new', ...chromiumArgs({ camera: 'ask' })],
  });
  try {
    const result = await lighthouse(url, {
      port: browser.port,
      output: ['html', 'json'],
      logLevel: 'error',
    });
    if (!result) throw new Error('Lighthouse gave no result.');
    const { runtimeError } = result.lhr;
    if (runtimeError) throw new Error(runtimeError.message);
    return result;
  } finally {
    browser.kill();
  }
}

/** The median by performance; the other scores do not depend on the load of the machine. */
function medianOf(results: readonly Result[]): Result {
  const sorted = [...results].sort((a, b) => score(a, 'performance') - score(b, 'performance'));
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('--runs must be 1 or more.');
  return median;
}

/** The score of a category, 0 to 100, as in the report. */
function score(result: Result, id: string): number {
  return Math.round((result.categories[id]?.score ?? 0) * 100);
}

function scoresOf(result: Result): string {
  return Object.keys(MIN_SCORES)
    .map((id) => `${result.categories[id]?.title ?? id} ${score(result, id)}`)
    .join(', ');
}

function metricsOf({ audits }: Result): string[] {
  return METRICS.map((id) => `  ${audits[id]?.title ?? id}: ${audits[id]?.displayValue ?? '?'}`);
}

/** All audits that failed, including those without weight in the score. */
function failuresOf({ audits }: Result): string[] {
  const failed = Object.values(audits).filter(
    ({ id, score }) => score !== null && score < 1 && !METRICS.includes(id),
  );
  return failed.map(({ title, displayValue = '' }) =>
    `  Not passed: ${title} ${displayValue}`.trimEnd(),
  );
}
