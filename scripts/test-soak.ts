import { chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';

/** `npm run test:soak`: five minutes of the Live page, of which `npm test` runs three seconds. */
try {
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build:harness']);
  await run('npx', ['playwright', 'test', '--project=compute', 'live-soak'], {
    CHROMIUM: await chromiumPath(),
    SOAK_SECONDS: '300',
  });
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}
