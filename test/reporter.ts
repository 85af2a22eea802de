import { writeFileSync } from 'node:fs';
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Says why tests were skipped, and ends with the line `N passed, N failed, N skipped`. The file that
 * TEST_COUNTS names gets the same as JSON: see scripts/test.ts.
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
    for (const test of skipped) console.log(`skipped: ${nameOf(test)}: ${reasonOf(test)}`);
    // A run that ends badly without a failed test (none found, interrupted) is a failure too.
    const failures = this.#status === 'passed' ? failed : Math.max(failed, 1);
    const counts: Counts = { passed, failed: failures, skipped: skipped.length };
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    const file = process.env['TEST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    return Promise.resolve();
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
