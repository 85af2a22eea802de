import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from '../../test/reporter.ts';
import { run } from '../run-command.ts';

interface PlaywrightRun {
  readonly args: readonly string[];
  readonly long: boolean;
}

/**
 * Runs tests. Playwright itself prints what fails; test/reporter.ts counts.
 *
 * @returns how many tests passed, failed and were skipped; at least one failed when Playwright
 *   did not end well
 */
export async function runPlaywright({ args, long }: PlaywrightRun): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-test-'));
  const counts = join(folder, 'counts.json');
  const env = { TEST_COUNTS: counts, ...(long && { LONG: '1' }) };
  try {
    const failure = await run('npx', ['playwright', 'test', ...args], env).catch(String);
    const text = await readFile(counts, 'utf8').catch(() => undefined);
    const counted = text === undefined ? undefined : (JSON.parse(text) as Counts);
    const { passed = 0, failed = 0, skipped = 0 } = counted ?? {};
    return { passed, failed: failure === undefined ? failed : Math.max(failed, 1), skipped };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
