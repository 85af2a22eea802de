import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * Ends the browser of one profile, and no other, as a phone's system ends an app: SIGKILL, at once,
 * to it and all that it started.
 *
 * @throws Error when no browser of that profile runs
 */
export async function killBrowser(profile: string): Promise<void> {
  const all = await processes();
  const own = all.filter(({ command }) => `${command} `.includes(`--user-data-dir=${profile} `));
  if (own.length === 0) throw new Error(`No browser has the profile ${profile}`);
  const doomed = new Set(own.map(({ pid }) => pid));
  for (let before = 0; doomed.size > before;) {
    before = doomed.size;
    for (const { pid, parent } of all) if (doomed.has(parent)) doomed.add(pid);
  }
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
}

async function processes(): Promise<Process[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], {
    maxBuffer: 16_000_000,
  });
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      command,
    }));
}
