import { stat } from 'node:fs/promises';
import { filesIn } from '../fingerprint.ts';
import { buildForTests } from '../test/build-for-tests.ts';

/** The file that a build writes last. */
const LAST_BUILT = 'dist/sw.js';
/** What the size of the app's code depends on. */
const SOURCES = ['src', 'sw', 'public', 'scripts/build'];
const SOURCE_FILES = ['rollup.config.mjs', 'package-lock.json'];

/** Builds the app in `dist/`, unless the build there is newer than its sources. */
export async function buildIfOld(): Promise<void> {
  const built = await changedAt(LAST_BUILT);
  const sources = [...SOURCE_FILES, ...(await Promise.all(SOURCES.map(filesIn))).flat()];
  const changed = Math.max(...(await Promise.all(sources.map(changedAt))));
  if (built < changed) await buildForTests({ app: true, harness: false });
}

/** In milliseconds since 1970; 0 for a file that does not exist. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
