import { capture } from '../captured-command.ts';
import type { Builds } from './forms.ts';
import { makeMissingBases } from './current-bases.ts';

/**
 * Builds what tests run against, side by side.
 *
 * @throws when a build fails; the message is the builder's whole output
 */
export async function buildForTests({ app, harness }: Builds): Promise<void> {
  if (!app && !harness) return;
  await makeMissingBases();
  await Promise.all([
    ...(app ? [build('the app', [])] : []),
    ...(harness ? [build('the test harness', ['test/harness/rollup.config.mjs'])] : []),
  ]);
}

async function build(what: string, config: readonly string[]): Promise<void> {
  const { ok, output, seconds } = await capture('node_modules/.bin/rollup', ['-c', ...config]);
  if (!ok) throw new Error(`${output}\nBuilding ${what} failed.`);
  console.log(`Built ${what} in ${seconds.toFixed(1)} s.`);
}
