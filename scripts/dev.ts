import { access, rm } from 'node:fs/promises';
import { watch, type RollupError, type RollupWatcher } from 'rollup';
import { devBundles } from './dev/dev-bundles.mjs';
import { run } from './run-command.ts';
import { describeServer } from './serve/addresses.ts';
import { listen } from './serve/listen.ts';
import { parseCommandLine } from './serve/options.ts';

const DIR = 'build/dev';

/**
 * `npm run dev -- [options of npm start]`: builds the app, serves it with the headers of
 * production, and builds it again after each change. Reload the page to see the change. Types are
 * not checked: an editor or `npm run check` does that.
 */
async function main(): Promise<void> {
  const options = parseCommandLine(process.argv.slice(2));
  if (!options) {
    console.log('npm run dev takes the options of `npm start -- --help`.');
    return;
  }
  if (!(await exists('bases/index.json'))) await run('npm', ['run', 'bases']);
  // The folder keeps the bundled packages of earlier runs; old hashed files do no harm.
  await rm(`${DIR}/index.html`, { force: true });
  const server = await listen(options, DIR);
  report(watch(devBundles(DIR)), () => {
    console.log(
      options.certificate
        ? describeServer(server, { host: options.host, secure: true })
        : `Purrceptron: ${server.url}`,
    );
  });
}

/**
 * Prints the time of each build, or why it failed; the watcher waits for the next change either
 * way.
 *
 * @param onFirst called after the first build that succeeds
 */
function report(watcher: RollupWatcher, onFirst: () => void): void {
  let changed: string[] = [];
  let start = 0;
  let failed = false;
  let isFirst = true;
  watcher.on('change', (file) => {
    changed.push(file.replace(`${process.cwd()}/`, ''));
  });
  watcher.on('event', (event) => {
    if (event.code === 'START') {
      start = performance.now();
      failed = false;
    } else if (event.code === 'ERROR') {
      failed = true;
      console.error(describeError(event.error));
    } else if (event.code === 'END') {
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      const what = changed.length > 0 ? `: ${changed.join(', ')}` : '';
      const clock = new Date().toLocaleTimeString('en-GB');
      console.log(`${clock} ${failed ? 'failed' : 'built'} in ${seconds} s${what}`);
      changed = [];
      if (!failed && isFirst) onFirst();
      isFirst &&= failed;
    }
    if ('result' in event) void event.result?.close();
  });
}

function describeError({ message, loc, frame }: RollupError): string {
  const place = loc ? `${loc.file ?? ''}:${loc.line}:${loc.column}\n` : '';
  return `\n${place}${message}\n${frame ?? ''}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
