import { chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';

/**
 * `npm run test:faults`: the faults of docs/promises.md, each injected many times into the built app,
 * and the figures of the run. Arguments go to Playwright: `npm run test:faults -- kills`.
 */
await run('npm', ['run', 'bases']);
await run('npm', ['run', 'build']);
await run('npm', ['run', 'build:harness']);
const CHROMIUM = await chromiumPath();
// Playwright says itself what fails.
await run('npx', ['playwright', 'test', '--project=faults', ...process.argv.slice(2)], {
  CHROMIUM,
  FAULTS: 'long',
}).catch(() => {
  process.exitCode = 1;
});
