import { access } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromiumPath } from './chromium.ts';
import { run } from './run-command.ts';

/**
 * `npm run test:visual [-- --update]`: builds the app and compares its pages with the pictures in
 * test/visual/pictures, or makes those anew. `npm test` does not run it: the pictures hold for one
 * browser and its fonts.
 */
const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

try {
  const CHROMIUM = await chromiumPath();
  const hasBases = await access('bases/index.json').then(
    () => true,
    () => false,
  );
  if (!hasBases) await run('npm', ['run', 'bases']);
  await run('npm', ['run', 'build']);
  const update = values.update ? ['--update-snapshots=changed'] : ['--update-snapshots=none'];
  await run('npx', ['playwright', 'test', '--project=visual', ...update], {
    CHROMIUM,
    VISUAL: '1',
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
