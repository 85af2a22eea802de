import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { ENTRIES, ROOMS } from '../../scripts/rooms/allow-list.ts';
import { CRUISE_OPTIONS, importRules } from '../../scripts/rooms/import-rules.ts';
import { unusedPairs } from '../../scripts/rooms/pairs.ts';
import type { Room } from '../../scripts/rooms/room.ts';

/** A small house: a ground floor, a page with a room inside it, and one package for `low` alone. */
const HOUSE: Readonly<Record<string, Room>> = {
  low: { packages: ['idb'] },
  page: { imports: ['low', 'page/inner'] },
  'page/inner': { imports: ['low'] },
};

/** Writes files below a new folder and returns the faults that the rules find in them. */
async function faultsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'purrceptron-rooms-'));
  try {
    const idb = {
      'node_modules/idb/package.json': '{ "name": "idb", "version": "1.0.0", "main": "i.js" }',
      'node_modules/idb/i.js': 'export {};',
    };
    for (const [path, text] of Object.entries({ ...files, ...idb })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const { output } = await cruise(['src'], {
      ...CRUISE_OPTIONS,
      baseDir: folder,
      validate: true,
      ruleSet: importRules(HOUSE, {}, {}),
    });
    return (output as ICruiseResult).summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} ${to}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const EMPTY = 'export type T = 1; export const t = 1;';

test.describe('the rules of who may import what', () => {
  test('let pass what is listed: a room below, the room itself, its package', async () => {
    const faults = await faultsOf({
      'src/low/a.ts': `import { openDB } from 'idb'; export const b = openDB;`,
      'src/low/b.ts': `export { b } from './a.ts';`,
      'src/page/page.ts': `import { b } from '../low/b.ts'; import { t } from './inner/i.ts'; b(t);`,
      'src/page/inner/i.ts': EMPTY,
    });
    expect(faults).toEqual([]);
  });

  for (const [how, text] of [
    ['a value', `import { t } from '../page/page.ts'; export const u = t;`],
    ['a type', `import type { T } from '../page/page.ts'; export type U = T;`],
    ['a type within import()', `export type U = import('../page/page.ts').T;`],
    ['import()', `export const u = () => import('../page/page.ts');`],
    ['an export from', `export { t } from '../page/page.ts';`],
    ['a file for its effect', `import '../page/page.ts';`],
  ] as const) {
    test(`refuse an import of a room that is not listed: ${how}`, async () => {
      const faults = await faultsOf({ 'src/low/a.ts': text, 'src/page/page.ts': EMPTY });
      expect(faults).toEqual(['not-in-allowed: src/low/a.ts src/page/page.ts']);
    });
  }

  test('tell a room from the room inside it', async () => {
    const faults = await faultsOf({
      'src/page/inner/i.ts': `import { t } from '../other.ts'; export const u = t;`,
      'src/page/other.ts': EMPTY,
    });
    expect(faults).toEqual(['not-in-allowed: src/page/inner/i.ts src/page/other.ts']);
  });

  test('refuse a room that is in no list, and a package that is another room’s', async () => {
    const faults = await faultsOf({
      'src/fresh/a.ts': EMPTY,
      'src/page/page.ts': `import { t } from '../fresh/a.ts'; import 'idb'; export const u = t;`,
    });
    expect(faults).toHaveLength(2);
    expect(faults).toContain('not-in-allowed: src/page/page.ts src/fresh/a.ts');
    expect(faults.some((fault) => fault.includes('node_modules/idb'))).toBe(true);
  });

  test('refuse a cycle, also one of types alone', async () => {
    const faults = await faultsOf({
      'src/low/a.ts': `import type { B } from './b.ts'; export type A = B | 1;`,
      'src/low/b.ts': `import type { A } from './a.ts'; export type B = A | 2;`,
    });
    expect(faults[0]).toContain('no-circular');
  });
});

test('the allow list itself runs bottom up, so that it allows no cycle of rooms', () => {
  const order = Object.keys(ROOMS);
  // A page and the rooms inside it share files: the page's own check is the one against cycles.
  const isOwnPage = (from: string, to: string) => from.startsWith(`${to}/`);
  const upward = Object.entries(ROOMS).flatMap(([from, { imports = [] }]) =>
    imports
      .filter((to) => order.indexOf(to) >= order.indexOf(from) && !isOwnPage(from, to))
      .map((to) => `${from} -> ${to}`),
  );
  expect(upward).toEqual([]);
  const unknown = Object.values({ ...ROOMS, ...ENTRIES }).flatMap(({ imports = [] }) =>
    imports.filter((to) => !order.includes(to)),
  );
  expect(unknown).toEqual([]);
});

test('a pair that no file uses is found', () => {
  const rooms = { a: { imports: ['b', 'c'] }, b: {}, c: {} };
  expect(unusedPairs(rooms, [['a', 'b']])).toEqual([['a', 'c']]);
});
