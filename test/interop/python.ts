import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The Python of `npm run test:interop`; undefined where there is none. */
export const PYTHON = process.env['INTEROP_PYTHON'];

/** Why tests in Python are skipped. */
export const WITHOUT_PYTHON = 'without Python: `npm run test:interop` makes its environment';

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
