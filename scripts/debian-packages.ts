import { accessSync, constants } from 'node:fs';
import { run } from './run-command.ts';

const APT = '/usr/bin/apt-get';

/** Whether this process may install packages of Debian, or of a system made from it. */
export function canInstallFromDebian(): boolean {
  return isRoot() && isExecutable(APT);
}

/** Says what it does, and installs packages. @throws when one is not known or does not arrive */
export async function installFromDebian(names: readonly string[]): Promise<void> {
  console.log(`Not here yet: installing ${names.join(', ')} with apt-get.`);
  await run(APT, ['update']);
  await run(APT, ['install', '-y', '--no-install-recommends', ...names]);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
