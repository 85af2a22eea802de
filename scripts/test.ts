import type { Counts } from '../test/reporter.ts';
import { needsBuild, type CheckPart } from './check/checks.ts';
import { failuresOf, lineOf, runChecks, type CheckResult } from './check/run-checks.ts';
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
 * `npm test`: the parts of `npm run check`, while the app is built as for a release; then every test
 * against it. (Compilers beside the browsers of the tests made both much slower, two at a time on two
 * cores do not.) Arguments go to Playwright: `npm test -- --project=unit`. The last line says how
 * many tests passed; a check that fails counts as a failed test.
 */
async function main(request: TestRequest): Promise<void> {
  const started = performance.now();
  sayWhatRuns(request);
  const [checks, isReady] = await Promise.all([
    check(request.checks.filter((part) => !needsBuild(part))),
    prepare(request),
  ]);
  // Playwright reads its tests for some seconds, on one core.
  const [counts, checksOfBuild] = isReady
    ? await Promise.all([runPlaywright(request), check(request.checks.filter(needsBuild))])
    : [NOTHING_RAN, []];
  const failedChecks = [...checks, ...checksOfBuild].filter(({ ok }) => !ok);
  console.log(failuresOf(failedChecks));
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
    const first = checks.filter((part) => !needsBuild(part));
    console.log(`Checks first (${first.join(', ')}), while the app is built.`);
  } else if (shard !== undefined) {
    console.log(`Shard ${shard} runs no checks: the first shard does.`);
  }
}

function check(parts: readonly CheckPart[]): Promise<CheckResult[]> {
  return runChecks(parts, { onEnd: (result) => console.log(lineOf(result)) });
}

/** Tests cannot run without the browsers and the builds: what fails before them is one failure. */
const NOTHING_RAN: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Installs the browsers and builds the app. @returns whether that went well */
async function prepare({ args }: TestRequest): Promise<boolean> {
  try {
    await installChromium();
    if (needsOtherEngines(args)) await installOtherEngines();
    await buildForTests(neededBuilds(args));
    return true;
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    return false;
  }
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

await main(parseTestRequest(process.argv.slice(2)));
