import { chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';

/**
 * `npm test`: types, lint and format, then the app is built as for a release and every test runs
 * against it. Arguments go to Playwright: `npm test -- --project unit`. The last line says how
 * many tests passed; test/reporter.ts prints it.
 */
async function prepare(): Promise<string> {
  await run('npm', ['run', 'check']);
  await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  await run('npm', ['run', 'build:harness']);
  return chromiumPath();
}

try {
  const CHROMIUM = await prepare();
  // Playwright says itself what fails.
  await run('npx', ['playwright', 'test', ...process.argv.slice(2)], { CHROMIUM }).catch(() => {
    process.exitCode = 1;
  });
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
}
