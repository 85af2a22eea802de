import { spawn } from 'node:child_process';

/**
 * Prints a command, runs it with the input and output of this process, and waits for its end.
 *
 * @param env added to the environment of this process
 * @throws Error if it cannot start or fails
 */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const line = [command, ...args].join(' ');
  console.log(`\n$ ${line}`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`\`${line}\` failed: ${signal ?? `exit code ${code}`}`));
    });
  });
}
