/**
 * `npm run test:interop`: exports models in every format and opens them with the programs that they
 * are for, in JavaScript and, where there is one, in Python.
 */
import { pythonEnvironment } from './interop/python.ts';
import { buildForTests } from './test/build-for-tests.ts';
import { runPlaywright } from './test/run-playwright.ts';

const python = await pythonEnvironment(console.log);
if (python !== undefined) process.env['INTEROP_PYTHON'] = python;
await buildForTests({ app: false, harness: true });
const args = ['--project=interop', ...process.argv.slice(2)];
const { failed } = await runPlaywright({ args, long: false });
process.exitCode = failed > 0 ? 1 : 0;
