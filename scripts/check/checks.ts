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
] as const;
export type CheckPart = (typeof CHECK_PARTS)[number];

/** One command of a check. Its program is one of node_modules/.bin. */
export interface Check {
  readonly part: CheckPart;
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

const CACHE = 'node_modules/.cache';

/** The compiler's configurations, the one that takes longest first. */
const TYPE_CONFIGS = ['test', 'scripts', 'src', 'src/learning', 'sw'];

/** The commands of some parts, those that take longest first, because they run in parallel. */
export async function checksOf(parts: readonly CheckPart[]): Promise<Check[]> {
  const checks = [
    await lint(),
    ...TYPE_CONFIGS.map(typesOf),
    format(),
    unused(),
    rooms(),
    languages(),
    browsers(),
  ];
  return checks.filter(({ part }) => parts.includes(part));
}

function typesOf(folder: string): Check {
  const state = `${CACHE}/typescript/${folder.replace('/', '-')}.tsbuildinfo`;
  const args = ['-p', folder, '--incremental', '--tsBuildInfoFile', state];
  return { part: 'types', name: `types of ${folder}/`, program: 'tsc', args };
}

/**
 * ESLint checks files that have changed, and all files after a change of the rules. A rule that
 * reads types can miss the effect of a change on an unchanged file; after `npm ci`, as in
 * continuous integration, there is no cache, and all files are checked.
 */
async function lint(): Promise<Check> {
  const rules = await fingerprint([
    'eslint.config.mjs',
    'package-lock.json',
    'scripts/build/least-versions.mjs',
    ...(await filesIn('scripts/lint')),
    ...(await filesIn('scripts/browsers')),
  ]);
  const place = ['--cache-location', `${CACHE}/eslint/${rules}.json`];
  const args = ['.', '--cache', '--cache-strategy', 'content', ...place];
  return { part: 'lint', name: 'lint', program: 'eslint', args };
}

function format(): Check {
  const place = ['--cache-location', `${CACHE}/prettier/formatted.json`];
  const args = ['--check', '.', '--cache', '--cache-strategy', 'content', ...place];
  return { part: 'format', name: 'format', program: 'prettier', args };
}

function rooms(): Check {
  return { part: 'rooms', name: 'rooms', program: 'tsx', args: ['scripts/rooms.ts'] };
}

/** Files, exports and packages that nothing uses. */
function unused(): Check {
  return { part: 'unused', name: 'unused', program: 'knip', args: [] };
}

/** What the style sheets use that a browser of the least versions lacks; ESLint reads the scripts. */
function browsers(): Check {
  return { part: 'browsers', name: 'browsers', program: 'tsx', args: ['scripts/browsers.ts'] };
}

function languages(): Check {
  const args = ['scripts/languages.ts', '--check'];
  return { part: 'languages', name: 'languages', program: 'tsx', args };
}
