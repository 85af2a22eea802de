import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from '../test/reporter.ts';
import { chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';

/**
 * Those of the app wait for its camera and its animations as much as they compute, and stand two at a
 * time well. Trainings and a software GPU take every core: nothing runs beside them.
 */
const PARTS = [
  ['--project=unit', '--project=e2e', '--project=faults', '--workers=2', '--output=test-results/a'],
  ['--project=browser', '--output=test-results/b'],
];

/**
 * `npm test`: types, lint and format, then the app is built as for a release and every test runs
 * against it. Arguments go to Playwright, which then runs once: `npm test -- --project unit`. The last
 * line says how many tests passed.
 */
async function prepare(): Promise<string> {
  await run('npm', ['run', 'check']);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  await run('npm', ['run', 'build:harness']);
  return chromiumPath();
}

/** Runs a part of the tests. Playwright says itself what fails, and test/reporter.ts counts. */
async function test(args: readonly string[], CHROMIUM: string, folder: string): Promise<Counts> {
  const TEST_COUNTS = join(folder, 'counts.json');
  await rm(TEST_COUNTS, { force: true });
  await run('npx', ['playwright', 'test', ...args], { CHROMIUM, TEST_COUNTS }).catch(() => {
    process.exitCode = 1;
  });
  return JSON.parse(await readFile(TEST_COUNTS, 'utf8')) as Counts;
}

const folder = await mkdtemp(join(tmpdir(), 'purrceptron-test-'));
const all: Counts = { passed: 0, failed: 0, skipped: 0 };
try {
  const chromium = await prepare();
  const asked = process.argv.slice(2);
  for (const args of asked.length > 0 ? [asked] : PARTS) {
    const counts = await test(args, chromium, folder);
    all.passed += counts.passed;
    all.failed += counts.failed;
    all.skipped += counts.skipped;
  }
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  all.failed++;
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
