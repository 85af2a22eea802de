import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * The releases that people use: of the current ones, and the last one before them. They are no
 * dependencies: 76 MB with 600 packages below them, and a licence that is ml5's own.
 */
export const ML5_VERSIONS = ['1.4.0', '0.12.2'];

/** The script of a release; ignored by git. */
export const ml5Script = (version: string) => `build/ml5/${version}/dist/ml5.min.js`;

/** Fetches ml5's scripts from npm's registry, once, and says so. */
export async function fetchMl5(say: (line: string) => void): Promise<void> {
  for (const version of ML5_VERSIONS) {
    if (existsSync(ml5Script(version))) continue;
    const folder = `build/ml5/${version}`;
    const partial = `${folder}.partial`;
    try {
      await mkdir(partial, { recursive: true });
      const pack = ['pack', '--silent', `ml5@${version}`, '--pack-destination', partial];
      const { stdout } = await execute('npm', pack, { timeout: 120_000 });
      const file = join(partial, stdout.trim());
      await execute('tar', ['xzf', file, '-C', partial, '--strip-components=1']);
      await rm(file);
      await rename(partial, folder);
      say(`Fetched ml5 ${version} into ${folder}.`);
    } catch (thrown) {
      say(`ml5 ${version} cannot be fetched (${String(thrown)}): its test is skipped.`);
      await rm(partial, { recursive: true, force: true });
    }
  }
}
