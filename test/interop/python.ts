import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The Python of `npm run test:interop`; undefined where there is none. */
export const PYTHON = process.env['INTEROP_PYTHON'];

/** Why tests in Python are skipped. */
export const WITHOUT_PYTHON = 'without Python: `npm run test:interop` makes its environment';

/** When a run with a time limit begins no further test, in milliseconds since the epoch. */
const UNTIL = Number(process.env['INTEROP_UNTIL'] ?? Infinity);

/** Whether the run has a time limit: what takes minutes is left out. */
export const IS_LIMITED = UNTIL !== Infinity;

/** Why tests of such a run are skipped. */
export const NO_TIME = 'this run has a time limit: `npm run test:interop` runs them all';

/** Whether the time of this run is over. */
export const isOver = () => Date.now() > UNTIL;

/**
 * Runs a script of Python that prints JSON in its last line.
 *
 * @throws Error with what it printed if it fails
 */
export async function runPython<T>(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const env = { ...process.env, ...environment };
  const { stdout } = await execute(PYTHON!, [script, ...args], { maxBuffer: 1e8, env });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}
