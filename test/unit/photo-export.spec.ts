import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { atOnce } from '../../src/platform/in-steps.ts';
import { csv } from '../../src/photos/export/csv.ts';
import { dataSet } from '../../src/photos/export/data-set.ts';
import { folderNames } from '../../src/photos/export/folder-names.ts';
import { exportedPhotos } from '../../src/photos/export/photo-export.ts';
import { teachableMachineProject } from '../../src/photos/export/teachable-machine.ts';
import { readLayout } from '../../src/photos/import/layout/read-layout.ts';
import type { ClassRecord } from '../../src/records/class.ts';
import type { PhotoRecord, Split } from '../../src/records/photo.ts';

const classes: ClassRecord[] = ['Cat', 'Dog'].map((name, order) => ({
  id: name.toLowerCase(),
  name,
  order,
  palette: order,
}));

const SPLITS: readonly Split[] = ['train', 'validation', 'test'];

/** Photos of both classes in turn, three to a split. */
function library(count: number): PhotoRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `photo-${i}`,
    classId: classes[i % 2]!.id,
    sha256: i.toString(16).padStart(64, '0'),
    split: SPLITS[Math.floor(i / 6) % 3]!,
    source: 'camera' as const,
    createdAt: 1_700_000_000_000 + i,
    ...(i === 0 && { takenAt: 1_600_000_000_000 }),
    size: 512,
    bytes: 1000,
  }));
}

const all = (photos: readonly PhotoRecord[]) => new Set(photos.map(({ id }) => id));
const of = (photos: readonly PhotoRecord[], chosen = all(photos)) =>
  exportedPhotos(classes, photos, chosen);

test('a data set has a folder for each split and class, and a table', () => {
  const photos = library(18);
  const { folders, entries, texts } = dataSet(of(photos.toReversed()));
  expect(folders).toEqual([
    'train/Cat/',
    'train/Dog/',
    'validation/Cat/',
    'validation/Dog/',
    'test/Cat/',
    'test/Dog/',
  ]);
  expect(entries.map(({ path }) => path).slice(0, 8)).toEqual([
    'train/Cat/Cat-0001.jpg',
    'train/Dog/Dog-0001.jpg',
    'train/Cat/Cat-0002.jpg',
    'train/Dog/Dog-0002.jpg',
    'train/Cat/Cat-0003.jpg',
    'train/Dog/Dog-0003.jpg',
    'validation/Cat/Cat-0004.jpg',
    'validation/Dog/Dog-0004.jpg',
  ]);
  expect(texts(entries.slice(0, 2))).toEqual({
    'labels.csv': [
      'filename,label,side,taken,added,source,group,id,order',
      `train/Cat/Cat-0001.jpg,Cat,train,2020-09-13T12:26:40.000Z,2023-11-14T22:13:20.000Z,camera,${'0'.repeat(64)},photo-0,0`,
      `train/Dog/Dog-0001.jpg,Dog,train,,2023-11-14T22:13:20.001Z,camera,${'0'.repeat(63)}1,photo-1,1`,
      '',
    ].join('\r\n'),
  });
});

test('scripts go along beside the table', () => {
  const { entries, texts } = dataSet(of(library(2)), { 'train.py': 'print()' });
  expect(Object.keys(texts(entries))).toEqual(['labels.csv', 'train.py']);
});

test('the splits are those of the whole library, also where a few photos are chosen', () => {
  const photos = library(18);
  const chosen = new Set(['photo-7', 'photo-13']);
  expect(of(photos, chosen).map(({ split }) => split)).toEqual(['validation', 'test']);
  const { folders } = dataSet(of(photos, chosen));
  expect(folders).toEqual(['validation/Dog/', 'test/Dog/']);
});

test('a photo whose class is gone is left out', () => {
  const photos = library(3);
  expect(exportedPhotos(classes.slice(0, 1), photos, all(photos))).toHaveLength(2);
});

test('a Teachable Machine project numbers the pictures of each class from 0', () => {
  const { entries, size, texts } = teachableMachineProject(of(library(4)));
  expect(entries.map(({ path }) => path)).toEqual([
    'Cat-!-0.jpg',
    'Dog-!-0.jpg',
    'Cat-!-1.jpg',
    'Dog-!-1.jpg',
  ]);
  expect(size).toBe(224);
  const { 'manifest.json': manifest } = texts(entries);
  expect(JSON.parse(manifest!)).toMatchObject({ type: 'image', appdata: {} });
});

test('class names that no file system takes become names that each one takes', () => {
  const names = [
    'a/b',
    'A/B',
    '..',
    'con',
    'COM1.x',
    ' Cat. ',
    'قطة',
    '猫',
    'x'.repeat(300),
    '\u0000',
  ];
  const records = names.map((name, i) => ({ id: String(i), name }));
  expect([...folderNames(records).values()]).toEqual([
    'a_b',
    'A_B 2',
    '_',
    '_con',
    '_COM1.x',
    'Cat',
    'قطة',
    '猫',
    'x'.repeat(60),
    '_ 2',
  ]);
});

test('any names of classes give different folders, also where case does not count', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 70 }), { maxLength: 12 }),
      (names) => {
        const folders = [
          ...folderNames(names.map((name, i) => ({ id: String(i), name }))).values(),
        ];
        expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of folders) {
          expect(name).toMatch(/^[^<>:"/\\|?*\s.]([^<>:"/\\|?*]*[^<>:"/\\|?*\s.])?$/u);
        }
      },
    ),
  );
});

test('what is exported is read again with the same labels and splits', () => {
  const exported = of(library(36));
  const set = dataSet(exported);
  const paths = [...set.entries.map(({ path }) => path), 'labels.csv'];
  const texts = new Map(Object.entries(set.texts(set.entries)));
  const layout = atOnce(readLayout(paths, texts));
  expect(layout.slice(0, -1)).toEqual(
    exported.map(({ label, split }) => ({ role: 'picture', label: label.name, split })),
  );
  const project = teachableMachineProject(exported);
  const manifest = new Map(Object.entries(project.texts([])));
  const again = atOnce(
    readLayout([...project.entries.map(({ path }) => path), 'manifest.json'], manifest),
  );
  expect(again.slice(0, -1).map(({ label }) => label)).toEqual(
    exported.map(({ label }) => label.name),
  );
});

test('a table quotes what a comma would cut', () => {
  expect(csv([['a', 'Luna, the cat', 'say "cat"', 'two\nlines']])).toBe(
    'a,"Luna, the cat","say ""cat""","two\nlines"\r\n',
  );
});
