import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import type { EngineOptions } from './test/engines/engine-test.ts';
import type { OtherEngine } from './scripts/other-engines.ts';
import { chromiumArgs, findChromium, findHeadlessShell } from './scripts/chromium.ts';

// Coverage counters slow the app down: see scripts/test-coverage.ts.
const SECOND = process.env['COVERAGE'] ? 3000 : 1000;
if (process.env['COVERAGE']) await import('./scripts/coverage/in-node.ts');
const MINUTE = 60 * SECOND;
const CORES = availableParallelism();
const executablePath = findHeadlessShell() ?? findChromium();
const isLong = process.env['LONG'] === '1';
const isCI = Boolean(process.env['CI']);

export default defineConfig<object, EngineOptions>({
  testDir: 'test',
  outputDir: 'test-results',
  // Most tests wait for the browser, the camera or the disk: more of them than there are cores keep
  // the cores busy.
  workers: CORES + 1,
  forbidOnly: isCI,
  // On a host that is busy with other things; the list names what passed only the second time.
  retries: isCI ? 1 : 0,
  // A run that hangs ends with a summary before its machine is taken away.
  globalTimeout: isCI && !isLong ? 60 * MINUTE : 0,
  reporter: [['list'], ['./test/faults/figures.ts'], ['./test/reporter.ts']],
  // Generous: a timeout only says that something hangs, and a busy machine is several times slower.
  timeout: 2 * MINUTE,
  expect: {
    timeout: MINUTE,
    toHaveScreenshot: {
      animations: 'disabled',
      pathTemplate: 'test/visual/pictures/{arg}{ext}',
      // Less than a button that moved, more than the edges of letters.
      maxDiffPixelRatio: 0.001,
    },
  },
  use: {
    launchOptions: { args: chromiumArgs(), ...(executablePath && { executablePath }) },
    screenshot: 'only-on-failure',
  },
  // Tests start in this order: what computes all the time has few workers and is the longest
  // to run, so it begins first; the short ones fill the gaps at the end.
  projects: [
    {
      name: 'compute',
      testMatch: 'browser/compute/**/*.spec.ts',
      timeout: 5 * MINUTE,
      workers: Math.max(1, Math.floor(CORES / 2)),
    },
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts', timeout: 5 * MINUTE },
    // The same specs in each engine beside Chromium's; those that are not installed are skipped.
    ...(['webkit', 'firefox'] as const satisfies OtherEngine[]).map((engine) => ({
      name: engine,
      testDir: 'test/engines',
      use: { engine },
      timeout: 5 * MINUTE,
      // One browser for all of them.
      workers: 1,
    })),
    { name: 'faults', testDir: 'test/faults', timeout: 5 * MINUTE },
    {
      name: 'browser',
      testMatch: 'browser/fast/**/*.spec.ts',
    },
    // Keras takes minutes beside other work.
    { name: 'interop', testMatch: 'interop/**/*.spec.ts', timeout: 10 * MINUTE },
    {
      name: 'unit',
      testMatch: 'unit/**/*.spec.ts',
      timeout: 2 * MINUTE,
      snapshotPathTemplate: '{testDir}/unit/sentences/{arg}{ext}',
    },
    // `npm run test:visual` runs it; `npm test` does not.
    ...(process.env['VISUAL'] ? [{ name: 'visual', testMatch: 'visual/**/*.spec.ts' }] : []),
  ],
});
