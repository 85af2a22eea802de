import { expect, test } from '@playwright/test';
import { atOnce } from '../../src/platform/in-steps.ts';
import {
  isLabelFile,
  readLayout,
  type Layout,
} from '../../src/photos/import/layout/read-layout.ts';
import { LAYOUTS } from '../fixtures/layouts/all-layouts.ts';

/** What a layout says, short enough for a table: "cat 3, dog 2, - 1 | train 4, test 2 | other 1". */
function summary(layout: Layout): string {
  const pictures = layout.filter(({ role }) => role === 'picture' || role === 'film');
  const labels = pictures.map(({ label }) => label ?? '-');
  const splits = pictures.flatMap(({ split }) => split ?? []);
  const others = layout.flatMap(({ role }) => (role === 'other' ? ['other'] : []));
  return [labels, splits, others]
    .filter((one) => one.length > 0)
    .map(counted)
    .join(' | ');
}

function counted(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of [...values].sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} ${count}`).join(', ');
}

function read(paths: readonly string[], texts: Readonly<Record<string, string>> = {}): Layout {
  return atOnce(readLayout(paths, new Map(Object.entries(texts))));
}

for (const { what, paths, texts, means } of LAYOUTS) {
  test(what, () => {
    expect(summary(read(paths, texts))).toBe(means);
  });
}

test('the order of the listing does not matter', () => {
  for (const { what, paths, texts } of LAYOUTS) {
    const layout = read(paths, texts);
    for (const turn of [1, Math.floor(paths.length / 2), paths.length - 1]) {
      const turned = [...paths.slice(turn), ...paths.slice(0, turn)].reverse();
      const again = read(turned, texts);
      expect(
        turned.map((path) => again[turned.indexOf(path)]),
        what,
      ).toEqual(turned.map((path) => layout[paths.indexOf(path)]));
    }
  }
});

test('a folder around all, and separators of Windows, change no label', () => {
  for (const { what, paths, texts = {}, isPlaceless = false } of LAYOUTS) {
    const layout = read(paths, texts);
    const changed = (change: (path: string) => string) => {
      const entries = Object.entries(texts).map(([path, text]) => [change(path), text]);
      return read(paths.map(change), Object.fromEntries(entries) as Record<string, string>);
    };
    expect(
      changed((path) => path.replaceAll('/', '\\')),
      what,
    ).toEqual(layout);
    expect(
      changed((path) => `./${path}`),
      what,
    ).toEqual(layout);
    if (isPlaceless) continue;
    for (const around of ['archive', 'my pets', 'Takeout/Google Photos']) {
      expect(
        changed((path) => `${around}/${path}`),
        `${around}/${what}`,
      ).toEqual(layout);
    }
  }
});

test('only small lists of labels are wanted', () => {
  for (const path of [
    'a/labels.csv',
    'x.TSV',
    'info.labels',
    'p\\metadata.json',
    'manifest.json',
  ]) {
    expect(isLabelFile(path), path).toBe(true);
  }
  for (const path of [
    'a.json',
    'IMG_0.jpg.supplemental-metadata.json',
    'a.jpg',
    'labels/cat.jpg',
  ]) {
    expect(isLabelFile(path), path).toBe(false);
  }
});
