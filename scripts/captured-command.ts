import { spawn } from 'node:child_process';

/** How a command ended, and what it wrote. */
export interface CommandResult {
  readonly ok: boolean;
  /** Standard output and standard error, in the order of arrival. */
  readonly output: string;
  readonly seconds: number;
}

interface CaptureOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command and captures its output. Never rejects: a command that cannot start is not `ok`.
 */
export function capture(
  command: string,
  args: readonly string[],
  { env }: CaptureOptions = {},
): Promise<CommandResult> {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolve) => {
    const end = (ok: boolean, reason = '') => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ ok, output: output + reason, seconds });
    };
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code, signal) => end(code === 0, signal ? `Ended by ${signal}.\n` : ''));
  });
}
