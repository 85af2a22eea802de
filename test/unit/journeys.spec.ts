import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';

/** A file of the app, or the mark before it: after `.`, `:` and `⇢` control comes from outside. */
const FILE_OR_MARK = /`([^`]+\.ts)`|(→|⇢|[.:]\s)/g;
const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(IMPORTED)].map(([, path]) => join(dirname(file), path!));
}

/** The files of a journey that are reached by `→`, but that no file before them imports. */
function climbs(journey: string): string[] {
  const entered = new Map<string, readonly string[]>();
  const found: string[] = [];
  let isCalled = false;
  for (const [, name, mark] of journey.matchAll(FILE_OR_MARK)) {
    if (name === undefined) {
      isCalled = mark === '→';
      continue;
    }
    const file = join('src', name);
    const isReached = entered.has(file) || [...entered.values()].some((all) => all.includes(file));
    if (isCalled && !isReached) found.push(name);
    entered.set(file, importsOf(file));
    isCalled = true;
  }
  return found;
}

const text = await readFile('docs/architecture.md', 'utf8');
const section = /## Three journeys\n([^]*?)\n## /.exec(text)![1]!;
const journeys = section.split('\n\n').flatMap((paragraph) => {
  const [, title, journey] = /^\*\*(.+?)\*\*([^]*)/.exec(paragraph) ?? [];
  return title === undefined ? [] : [{ title, journey: journey! }];
});

for (const { title, journey } of journeys) {
  test(`no step climbs: ${title}`, () => {
    expect(journey.match(/→/g)!.length).toBeGreaterThan(10);
    expect(climbs(journey)).toEqual([]);
  });
}

test('there are three journeys, and a step that climbs is found', () => {
  expect(journeys).toHaveLength(3);
  expect(climbs('`photos/store-photos.ts` → `photos/save-shot.ts`')).toEqual([
    'photos/save-shot.ts',
  ]);
  expect(climbs('`photos/save-shot.ts` → `photos/store-photos.ts`')).toEqual([]);
});
