import type { Counts } from '../test/reporter.ts';
import { failuresOf, lineOf, runChecks } from './check/run-checks.ts';
import { installChromium } from './chromium.ts';
import { installOtherEngines } from './other-engines.ts';
import { buildForTests } from './test/build-for-tests.ts';
import {
  neededBuilds,
  needsOtherEngines,
  parseTestRequest,
  type TestRequest,
} from './test/forms.ts';
import { runPlaywright } from './test/run-playwright.ts';

/**
 * `npm test`: the app is built as for a release and every test runs against it, while the
 * parts of `npm run check` run beside that at a low priority. Arguments go to Playwright:
 * `npm test -- --project=unit`. The last line says how many tests passed; a check that fails counts
 * as a failed test.
 */
async function main(request: TestRequest): Promise<void> {
  const started = performance.now();
  sayWhatRuns(request);
  const [checks, counts] = await Promise.all([
    runChecks(request.checks, { inBackground: true }),
    buildAndTest(request),
  ]);
  const failedChecks = checks.filter(({ ok }) => !ok);
  if (checks.length > 0) console.log(`\nChecks:\n${checks.map(lineOf).join('\n')}`);
  console.log(failuresOf(checks));
  if (!request.long) {
    console.log(
      '`npm run test:long` runs the long form: more rounds, longer waits, larger libraries.',
    );
  }
  console.log(`It took ${minutes(performance.now() - started)}.`);
  const failed = counts.failed + failedChecks.length;
  console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`);
  if (failed > 0) process.exitCode = 1;
}

function sayWhatRuns({ shard, checks }: TestRequest): void {
  if (checks.length > 0) {
    console.log(
      `Checks (${checks.join(', ')}) run beside the tests; their output comes at the end.`,
    );
  } else if (shard !== undefined) {
    console.log(`Shard ${shard} runs no checks: the first shard does.`);
  }
}

/** Tests cannot run without the builds: what fails before them counts as one failure. */
async function buildAndTest({ args, long }: TestRequest): Promise<Counts> {
  try {
    await installChromium();
    if (needsOtherEngines(args)) await installOtherEngines();
    await buildForTests(neededBuilds(args));
    return await runPlaywright({ args, long });
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

await main(parseTestRequest(process.argv.slice(2)));
