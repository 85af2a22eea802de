/**
 * `npm run test:interop`: exports models in every format and opens them with the programs that they
 * are for, in JavaScript and, where there is one, in Python; compares the app with Keras itself.
 *
 * `--limit=180`: after `npm test`, which has built what is tested and has run the JavaScript readers,
 * the tests in Python that begin within so many seconds. Nothing runs, and nothing fails, where the
 * environment cannot be made in that time.
 */
import { fetchMl5 } from './interop/ml5.ts';
import { makeKerasModels, pythonEnvironment } from './interop/python.ts';
import { buildForTests } from './test/build-for-tests.ts';
import { runPlaywright } from './test/run-playwright.ts';

/** Seconds that the last test may take that begins within the limit. */
const LAST_TEST = 40;
/** Not where other tests write: each run of Playwright empties its folder, and these take minutes. */
const RESULTS = 'build/interop-results';
const BRIEF = ['test/interop/python.spec.ts', 'test/interop/keras-numbers.spec.ts'];

const given = process.argv.slice(2);
const limit = given.find((argument) => argument.startsWith('--limit='))?.split('=')[1];
const others = given.filter((argument) => !argument.startsWith('--limit='));
const started = Date.now();

if (limit === undefined) {
  const python = await pythonEnvironment(console.log);
  if (python !== undefined) {
    process.env['INTEROP_PYTHON'] = python;
    await makeKerasModels(python, console.log);
  }
  await fetchMl5(console.log);
  await buildForTests({ app: false, harness: true });
  await runTests(others);
} else {
  const until = started + 1000 * (Number(limit) - LAST_TEST);
  const python = await pythonEnvironment(console.log, until - started);
  if (python !== undefined) {
    process.env['INTEROP_PYTHON'] = python;
    process.env['INTEROP_UNTIL'] = String(until);
    await runTests([...BRIEF, '--workers=1', ...others]);
  }
}

async function runTests(args: readonly string[]): Promise<void> {
  const { passed, failed, skipped } = await runPlaywright({
    args: ['--project=interop', `--output=${RESULTS}`, ...args],
    long: false,
  });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}
