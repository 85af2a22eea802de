import { writeFileSync } from 'node:fs';
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** How many of the slowest tests are named at the end. */
const SLOWEST = 10;

/**
 * Says why tests were skipped and which were the slowest, and ends with the line `N passed, N failed,
 * N skipped`. Where TEST_COUNTS names a file, the counts go there as JSON instead: scripts/test.ts
 * prints them after those of the checks.
 */
export default class SummaryReporter implements Reporter {
  #root: Suite | undefined;
  #errors = 0;
  #status: FullResult['status'] = 'passed';

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#root = suite;
  }

  /** An error outside any test, such as a spec file that does not load. */
  onError(): void {
    this.#errors++;
  }

  onEnd(result: FullResult): void {
    this.#status = result.status;
  }

  onExit(): Promise<void> {
    const tests = this.#root?.allTests() ?? [];
    const skipped = tests.filter((test) => test.outcome() === 'skipped');
    const failed = tests.filter((test) => test.outcome() === 'unexpected').length + this.#errors;
    const passed = tests.length - skipped.length - (failed - this.#errors);
    printSkipped(skipped);
    printSlowest(tests);
    // A run that ends badly without a failed test (none found, interrupted) is a failure too.
    const failures = this.#status === 'passed' ? failed : Math.max(failed, 1);
    const counts: Counts = { passed, failed: failures, skipped: skipped.length };
    const file = process.env['TEST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    else console.log(`${passed} passed, ${failures} failed, ${skipped.length} skipped`);
    return Promise.resolve();
  }
}

function printSkipped(tests: readonly TestCase[]): void {
  for (const test of tests) console.log(`skipped: ${nameOf(test)}: ${reasonOf(test)}`);
}

/** With retries, the time of all tries together. */
function printSlowest(tests: readonly TestCase[]): void {
  const slowest = tests
    .map((test) => ({ test, ms: test.results.reduce((sum, { duration }) => sum + duration, 0) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST);
  console.log(`\nThe ${slowest.length} slowest tests:`);
  for (const { test, ms } of slowest) {
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${nameOf(test)}`);
  }
}

function nameOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).join(' › ');
}

function reasonOf(test: TestCase): string {
  const annotations = [
    ...test.annotations,
    ...test.results.flatMap((result) => result.annotations),
  ];
  const skip = annotations.find(({ type }) => type === 'skip' || type === 'fixme');
  return skip ? (skip.description ?? 'no reason given') : 'did not run';
}
