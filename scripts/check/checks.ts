import { filesIn, fingerprint } from '../fingerprint.ts';

/** The parts of `npm run check`. */
export const CHECK_PARTS = [
  'types',
  'rooms',
  'languages',
  'browsers',
  'lint',
  'unused',
  'format',
  'size',
] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

/** Whether a part checks the built app, not the sources. */
export const needsBuild = (part: CheckPart): boolean => part === 'size';

/** One command of a check. */
export interface Check {
  readonly part: CheckPart;
  readonly name: string;
  /** Path of an executable in node_modules. */
  readonly program: string;
  readonly args: readonly string[];
}

const CACHE = 'node_modules/.cache';

/** The compiler of TypeScript 7; ESLint and Lit's tools still need the library of version 6. */
const COMPILER = 'typescript-7/bin/tsc';

/** The compiler's configurations, the one that takes longest first. */
const TYPE_CONFIGS = ['test', 'scripts', 'src', 'src/learning', 'sw'];

/** The commands of some parts, those that take longest first, because they run in parallel. */
export async function checksOf(parts: readonly CheckPart[]): Promise<Check[]> {
  const checks = [
    await lintShipped(),
    size(),
    lintAll(),
    ...TYPE_CONFIGS.map(typesOf),
    unused(),
    rooms(),
    languages(),
    browsers(),
    format(),
  ];
  return checks.filter(({ part }) => parts.includes(part));
}

function typesOf(folder: string): Check {
  const state = `${CACHE}/typescript/${folder.replace('/', '-')}.tsbuildinfo`;
  const args = ['-p', folder, '--incremental', '--tsBuildInfoFile', state];
  return { part: 'types', name: `types of ${folder}/`, program: COMPILER, args };
}

/**
 * Rules that oxlint cannot run, for what is shipped. ESLint checks files that have changed, and all
 * files after a change of the rules. After `npm ci`, as in continuous integration, there is no cache,
 * and all files are checked.
 */
async function lintShipped(): Promise<Check> {
  const rules = await fingerprint([
    'eslint.config.mjs',
    'package-lock.json',
    'scripts/build/least-versions.mjs',
    ...(await filesIn('scripts/lint')),
    ...(await filesIn('scripts/browsers')),
  ]);
  const place = ['--cache-location', `${CACHE}/eslint/${rules}.json`];
  const args = ['.', '--cache', '--cache-strategy', 'content', ...place];
  return { part: 'lint', name: 'lint of src/ and sw/', program: '.bin/eslint', args };
}

/** Rules for all code, those of typescript-eslint among them: in parallel, by one fast parser. */
function lintAll(): Check {
  return { part: 'lint', name: 'lint', program: '.bin/oxlint', args: [] };
}

function format(): Check {
  return { part: 'format', name: 'format', program: '.bin/oxfmt', args: ['--check'] };
}

function rooms(): Check {
  return { part: 'rooms', name: 'rooms', program: '.bin/tsx', args: ['scripts/rooms.ts'] };
}

/** Files, exports and packages that nothing uses. */
function unused(): Check {
  return { part: 'unused', name: 'unused', program: '.bin/knip', args: [] };
}

/** What the style sheets use that a browser of the least versions lacks; ESLint reads the scripts. */
function browsers(): Check {
  return { part: 'browsers', name: 'browsers', program: '.bin/tsx', args: ['scripts/browsers.ts'] };
}

/** The built app within its budgets; builds it where it is older than its sources. */
function size(): Check {
  const args = ['scripts/size.ts', '--build'];
  return { part: 'size', name: 'size', program: '.bin/tsx', args };
}

function languages(): Check {
  const args = ['scripts/languages.ts', '--check'];
  return { part: 'languages', name: 'languages', program: '.bin/tsx', args };
}
