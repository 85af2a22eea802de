import { rm } from 'node:fs/promises';
import { delimiter, resolve, sep } from 'node:path';
import { installChromium } from './chromium.ts';
import { run } from './run-command.ts';

/**
 * `npm run test:coverage`: builds the app and the harness with counters, runs every test, and prints
 * how much of the code ran. Arguments go to Playwright. Failed tests do not stop it. It leaves `dist/` and `build/harness/` with counters: build anew before anything is published.
 */
await installChromium();
const env = {
  COVERAGE: '1',
  // From the start, not from Playwright's config: until that is read, it has compiled some files.
  PW_TEST_SOURCE_TRANSFORM: resolve('scripts/coverage/babel-plugin.cjs'),
  PW_TEST_SOURCE_TRANSFORM_SCOPE: ['src', 'sw']
    .map((folder) => resolve(folder) + sep)
    .join(delimiter),
  // Not among what was compiled by another version of the plugin.
  PWTEST_CACHE_DIR: resolve('build/coverage/compiled'),
};

await rm('build/coverage', { recursive: true, force: true });
await run('npm', ['run', 'bases']);
await run('npm', ['run', 'build'], env);
await run('npm', ['run', 'build:harness'], env);
await run('npx', ['playwright', 'test', ...process.argv.slice(2)], env).catch(() => {
  process.exitCode = 1;
});
await run('npm', ['run', 'coverage']);
