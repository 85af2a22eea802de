import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { filesIn, fingerprint } from '../fingerprint.ts';
import { run } from '../run-command.ts';

const MAKER = 'scripts/bases/main.ts';
const FOLDER = 'bases';
/** The fingerprint of the bases that were last made or found right. */
const STAMP = 'node_modules/.cache/purrceptron/bases.txt';

/**
 * Runs `npm run bases` where the default base is missing, where its files have changed, or where
 * what makes it has: a run that finds everything right takes several seconds of computing.
 */
export async function makeMissingBases(): Promise<void> {
  const stamp = await readFile(STAMP, 'utf8').catch(() => undefined);
  if (stamp === (await currentFingerprint())) {
    console.log('Base models: those of the last run are up to date.');
    return;
  }
  await run('npm', ['run', 'bases']);
  await mkdir(dirname(STAMP), { recursive: true });
  await writeFile(STAMP, await currentFingerprint());
}

async function currentFingerprint(): Promise<string> {
  const made = await filesIn(FOLDER);
  return fingerprint([...(await sourcesOf(MAKER)), ...made, 'package-lock.json']);
}

/** The files of this repository that a program consists of. */
async function sourcesOf(program: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [program],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}
