import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './scripts/chromium.ts';

const SECOND = 1000;
const executablePath = findChromium();

export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  // `npm test` runs two of some tests at a time: see scripts/test.ts.
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['./test/faults/figures.ts'], ['./test/reporter.ts']],
  timeout: 60 * SECOND,
  // It bounds failures, on a busy machine too; nothing passes because of it.
  expect: { timeout: 60 * SECOND },
  use: {
    launchOptions: { args: chromiumArgs(), ...(executablePath && { executablePath }) },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'unit', testMatch: 'unit/**/*.spec.ts', timeout: 30 * SECOND },
    { name: 'browser', testMatch: 'browser/**/*.spec.ts' },
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts', timeout: 300 * SECOND },
    // The short form; `npm run test:faults` runs the long one.
    { name: 'faults', testDir: 'test/faults', timeout: 300 * SECOND },
  ],
});
