import { expect, test } from '@playwright/test';
import { isUnsafeName, refusalOfEntry } from '../../src/photos/import/archives/archive-limits.ts';
import { folderLabels } from '../../src/photos/import/folder-label.ts';
import { isIgnored } from '../../src/photos/import/ignored-path.ts';
import {
  classNamed,
  groupByLabel,
  newClassName,
  suggestChoices,
  type GroupChoice,
} from '../../src/photos/import/label-groups.ts';
import { labelPictures } from '../../src/photos/import/label-pictures.ts';
import { isPhotoProject, projectLabel } from '../../src/photos/import/teachable-machine.ts';
import type { Problem } from '../../src/platform/problem.ts';

const CLASSES = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

/** So many pictures of each label. */
function pictures(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, i) => ({
      name: `${label}/${i}.jpg`,
      ...(label !== '' && { label }),
      read: () => Promise.resolve(new Blob()),
    })),
  );
}

test.describe('the label that a folder gives', () => {
  const CASES: readonly [what: string, paths: string[], labels: (string | undefined)[]][] = [
    ['no folder', ['a.jpg', 'b.jpg'], [undefined, undefined]],
    ['a folder a class', ['cat/a.jpg', 'dog/b.jpg'], ['cat', 'dog']],
    ['within a folder', ['pets/cat/a.jpg', 'pets/dog/b.jpg'], ['cat', 'dog']],
    ['packed by Windows', ['pets\\cat\\a.jpg', 'pets\\dog\\b.jpg'], ['cat', 'dog']],
    ['a data set', ['d/train/cat/a.jpg', 'd/test/cat/b.jpg'], ['cat', 'cat']],
    ['one side of a data set', ['train/cat/a.jpg', 'train/dog/b.jpg'], ['cat', 'dog']],
    ['one folder', ['holiday/a.jpg', 'holiday/b.jpg'], ['holiday', 'holiday']],
    ['deeper folders', ['cat/2025/a.jpg', 'dog/b.jpg'], ['cat', 'dog']],
    ['a loose file beside them', ['pets/a.jpg', 'pets/dog/b.jpg'], [undefined, 'dog']],
    ['nothing but a side', ['train/a.jpg'], [undefined]],
  ];
  for (const [what, paths, labels] of CASES) {
    test(what, () => {
      expect(folderLabels(paths)).toEqual(labels);
    });
  }
});

test('groups of one name are one, whatever its case; each is matched by name', () => {
  const groups = groupByLabel(pictures({ cats: 1, CAT: 2, cat: 3, fox: 1, '': 4 }));
  expect(groups.map(({ label, pictures }) => [label, pictures.length])).toEqual([
    ['cats', 1],
    ['CAT', 5],
    ['fox', 1],
    [undefined, 4],
  ]);
  expect(suggestChoices(groups, CLASSES)).toEqual(['new', 'class:cat', 'new', 'leave-out']);
});

test('new classes are offered while there is room, the largest folders first', () => {
  const counts = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, i + 1]));
  const choices = suggestChoices(groupByLabel(pictures(counts)), CLASSES);
  expect(choices.slice(0, 3)).toEqual(['leave-out', 'leave-out', 'leave-out']);
  expect(choices.slice(3)).toEqual(Array(6).fill('new'));
});

test('a new class is only planned, in the first free colour; two folders of a name share it', () => {
  const groups = groupByLabel(pictures({ cat: 1, red_fox: 2, 'Red fox': 1, owl: 1 }));
  const {
    pictures: labelled,
    labels,
    newClasses,
  } = labelPictures(groups, ['class:cat', 'new', 'new', 'leave-out'], CLASSES);
  expect(newClasses).toMatchObject([{ name: 'red fox', order: 2, palette: 2 }]);
  expect(labels.map(({ name }) => name)).toEqual(['Cat', 'red fox']);
  const fox = newClasses[0]!.id;
  expect(labelled.map(({ classId }) => classId)).toEqual(['cat', fox, fox, fox]);
});

test('a name that is taken, too many classes and a class that is gone are refused before the import', () => {
  const refused = (counts: Record<string, number>, choices: GroupChoice[], classes = CLASSES) => {
    try {
      labelPictures(groupByLabel(pictures(counts)), choices, classes);
    } catch (thrown) {
      return (thrown as Problem).kind;
    }
    return undefined;
  };
  expect(refused({ dog: 1 }, ['new'])).toBe('taken');
  expect(refused({ fox: 1 }, ['class:fox'])).toBe('gone');
  const full = Array.from({ length: 8 }, (_, i) => ({
    ...{ id: `k${i}`, name: `k${i}`, order: i, palette: i },
  }));
  expect(refused({ fox: 1 }, ['new'], full)).toBe('too-many');
});

test('a folder becomes a class only under a name that a class may have', () => {
  expect(newClassName('red_fox')).toBe('red fox');
  expect(newClassName('__proto__')).toBe('proto');
  expect(newClassName('x'.repeat(41))).toBeUndefined();
  expect(newClassName('a\u202eb')).toBeUndefined();
  expect(newClassName(undefined)).toBeUndefined();
  expect(classNamed('DOG', CLASSES)?.id).toBe('dog');
  expect(classNamed('Dogs', CLASSES)).toBeUndefined();
});

test('files of a Teachable Machine project are named by class and number', () => {
  expect(projectLabel('Class 1-!-12.jpg')).toBe('Class 1');
  expect(projectLabel('a-!-b-!-0.jpg')).toBe('a-!-b');
  expect(projectLabel('cat.jpg')).toBeUndefined();
  expect(isPhotoProject('{"type":"image"}')).toBe(true);
  expect(isPhotoProject('[')).toBe(false);
  expect(isPhotoProject('null')).toBe(false);
  expect(() => isPhotoProject('{"type":"audio"}')).toThrow('sounds');
});

test('names that lead out of an archive, and sizes that no photo has, are refused', () => {
  for (const name of ['../a', 'a/../../b', 'a\\..\\b', '/a', '\\a', 'C:\\a', 'c:a', 'a\0']) {
    expect(isUnsafeName(name), name).toBe(true);
  }
  for (const name of ['a', 'a/b.jpg', '..a/b', 'a..b', 'cc:/x']) {
    expect(isUnsafeName(name), name).toBe(false);
  }
  const entry = { path: 'a', uncompressedSize: 100, compressedSize: 90 };
  expect(refusalOfEntry(entry)).toBeUndefined();
  expect(refusalOfEntry({ ...entry, uncompressedSize: 9_000 })).toBeUndefined();
  expect(refusalOfEntry({ ...entry, uncompressedSize: 9_001 })).toContain('hundred times');
  const large = { uncompressedSize: 25_000_001, compressedSize: 25_000_001 };
  expect(refusalOfEntry({ ...entry, ...large })).toContain('25 MB');
});

test('a name in an unknown code page never becomes a class', () => {
  expect(newClassName('\ufffd\ufffd\ufffd')).toBeUndefined();
});

test('what systems put beside photos is ignored', () => {
  for (const path of ['.DS_Store', 'a/.hidden/b.jpg', '__MACOSX/a.jpg', 'a/Thumbs.db']) {
    expect(isIgnored(path), path).toBe(true);
  }
  for (const path of ['a.jpg', './a.jpg', 'a/b.c.jpg', '../a.jpg']) {
    expect(isIgnored(path), path).toBe(false);
  }
});
