import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliSize } from './size/brotli-size.ts';
import { BUDGETS } from './size/budgets.ts';
import { buildIfOld } from './size/current-build.ts';
import { groupFiles, type Chunk } from './size/groups.ts';
import { shellFiles } from './size/shell-files.ts';

/**
 * `npm run size [-- --files]`: compares the size of each group of files of the built app with its
 * budget. The exit code is 1 if a group is larger, has no budget, or no longer exists. `--build`
 * builds the app first where the build is missing or older than its sources.
 */
const DIST = 'dist';

interface Row {
  readonly group: string;
  readonly size: number;
  readonly budget: number | undefined;
  readonly files: readonly (readonly [file: string, size: number])[];
}

async function measure(): Promise<Row[]> {
  const chunks = JSON.parse(await readFile('build/chunks.json', 'utf8')) as Chunk[];
  const assets = (await readdir(join(DIST, 'assets'))).map((file) => `assets/${file}`);
  const groups = groupFiles(chunks, await shellFiles(DIST), [...assets, 'sw.js']);
  for (const group of Object.keys(BUDGETS)) if (!groups.has(group)) groups.set(group, []);
  return Promise.all([...groups].map(([group, files]) => rowOf(group, files)));
}

async function rowOf(group: string, names: readonly string[]): Promise<Row> {
  const files = await Promise.all(
    names.map(async (file) => [file, await brotliSize(join(DIST, file))] as const),
  );
  const size = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  return { group, size, budget: BUDGETS[group], files };
}

function describe(row: Row): string {
  const { group, size, budget } = row;
  return [
    group.padEnd(32),
    number(size).padStart(9),
    (budget === undefined ? '-' : number(budget)).padStart(9),
    (budget === undefined ? '' : `${Math.round((100 * size) / budget)} %`).padStart(6),
    problemOf(row) ?? '',
  ]
    .join('  ')
    .trimEnd();
}

function problemOf({ size, budget }: Row): string | undefined {
  if (budget === undefined) return 'has no budget';
  if (size === 0) return 'is not in the build';
  return size > budget ? `over by ${number(size - budget)}` : undefined;
}

const number = (bytes: number) => bytes.toLocaleString('en');

try {
  if (process.argv.includes('--build')) await buildIfOld();
  const rows = (await measure()).sort((a, b) => a.group.localeCompare(b.group, 'en'));
  console.log(`${'Brotli bytes'.padEnd(32)}       size     budget    used`);
  for (const row of rows) {
    console.log(describe(row));
    if (process.argv.includes('--files')) {
      for (const [file, size] of row.files) console.log(`  ${number(size).padStart(9)}  ${file}`);
    }
  }
  const wrong = rows.filter((row) => problemOf(row) !== undefined);
  if (wrong.length > 0) {
    console.error(
      `\nNot within its budget: ${wrong.map(({ group }) => group).join(', ')}. See scripts/size/budgets.ts.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  console.error(missing ? 'There is no build: run `npm run build` first.' : error);
  process.exitCode = 1;
}
