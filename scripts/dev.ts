import { watch } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { formatMessages, type BuildFailure } from 'esbuild';
import { DevBuild } from './dev/dev-build.ts';
import { run } from './run-command.ts';
import { describeServer } from './serve/addresses.ts';
import { listen } from './serve/listen.ts';
import { parseCommandLine } from './serve/options.ts';

const DIR = 'build/dev';

/** The folders whose changes are built. */
const WATCHED = ['src', 'sw', 'public', 'bases'];

/** How long to wait for further files of one change, such as of an editor that saves all, in ms. */
const SETTLE_MS = 30;

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
  await rm(DIR, { recursive: true, force: true });
  const app = new DevBuild(DIR);
  await app.copyBases();
  const build = () => app.build();
  await reported([], build);
  const server = await listen(options, DIR, { revalidate: true });
  console.log(
    options.certificate
      ? describeServer(server, { host: options.host, secure: true })
      : `Purrceptron: ${server.url}`,
  );
  onChanges((files) =>
    reported(files, async () => {
      if (files.some((file) => file.startsWith('bases/'))) await app.copyBases();
      await build();
    }),
  );
}

/** Calls back with the files that changed since the last call, one call at a time. */
function onChanges(callback: (files: string[]) => Promise<void>): void {
  const changed = new Set<string>();
  let busy = false;
  const settle = async () => {
    if (busy) return;
    busy = true;
    while (changed.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const files = [...changed];
      changed.clear();
      await callback(files);
    }
    busy = false;
  };
  for (const folder of WATCHED) {
    watch(folder, { recursive: true }, (_event, name) => {
      changed.add(`${folder}/${name ?? ''}`);
      void settle();
    });
  }
}

/** Builds, and prints the time that it took, or why it failed. */
async function reported(changed: readonly string[], build: () => Promise<void>): Promise<void> {
  const start = performance.now();
  const failure = await build().then(() => undefined, describeFailure);
  if (failure !== undefined) console.error(failure);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const what = changed.length > 0 ? `: ${changed.join(', ')}` : '';
  const clock = new Date().toLocaleTimeString('en-GB');
  console.log(`${clock} ${failure === undefined ? 'built' : 'failed'} in ${seconds} s${what}`);
}

/** The messages of a failed bundle with their places, or another error's own. */
async function describeFailure(error: unknown): Promise<string> {
  const { errors } = error as Partial<BuildFailure>;
  if (!errors) return error instanceof Error ? error.message : String(error);
  return (await formatMessages(errors, { kind: 'error', color: true })).join('\n');
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
