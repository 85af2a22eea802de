import { expect, test } from '@playwright/test';
import {
  isUnsafeName,
  refusalOfEntry,
  withoutRoot,
} from '../../src/photos/import/archives/archive-limits.ts';
import { isIgnored } from '../../src/platform/archive/ignored-path.ts';
import {
  groupByLabel,
  newClassName,
  type GroupChoice,
} from '../../src/photos/import/label-groups.ts';
import { labelPictures } from '../../src/photos/import/label-pictures.ts';
import { isPhotoProject, projectLabel } from '../../src/photos/import/layout/projects.ts';
import {
  classesGivingWay,
  isCertain,
  suggestChoices,
} from '../../src/photos/import/suggest-choices.ts';
import type { Problem } from '../../src/platform/problem.ts';

const CLASSES = [
  { id: 'cat', name: 'Cat', order: 0, palette: 0 },
  { id: 'dog', name: 'Dog', order: 1, palette: 1 },
];

/** The given number of pictures of each label. */
function pictures(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, i) => ({
      name: `${label}/${i}.jpg`,
      ...(label !== '' && { label }),
      read: () => Promise.resolve(new Blob()),
    })),
  );
}

test('groups of one name are one, whatever its case; each is matched by name', () => {
  const groups = groupByLabel(pictures({ cats: 1, CAT: 2, cat: 3, fox: 1, '': 4 }));
  expect(groups.map(({ label, pictures }) => [label, pictures.length])).toEqual([
    ['cats', 1],
    ['CAT', 5],
    ['fox', 1],
    [undefined, 4],
  ]);
  expect(suggestChoices(groups, CLASSES, []).choices).toEqual([
    'class:cat',
    'class:cat',
    'new',
    'leave-out',
  ]);
});

test('where there is no room for all new classes, none is made before the person says', () => {
  const counts = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, i) => [`k${i}`, i + 1]));
  const suggest = (length: number, unused = CLASSES) =>
    suggestChoices(groupByLabel(pictures({ cats: 1, ...counts(length) })), CLASSES, unused);
  expect(suggest(6).choices).toEqual(['class:cat', ...Array<string>(6).fill('new')]);
  expect(suggest(7)).toEqual({
    choices: ['class:cat', ...Array<string>(7).fill('leave-out')],
    isCrowded: true,
  });
  // A set without cats and dogs has the room of the unused Cat and Dog as well.
  const others = groupByLabel(pictures(counts(8)));
  expect(suggestChoices(others, CLASSES, CLASSES).choices).toEqual(Array(8).fill('new'));
  expect(suggestChoices(others, CLASSES, []).isCrowded).toBe(true);
});

test('breeds that are too many for classes of their own are cats and dogs', () => {
  const cats = ['Abyssinian', 'British_Shorthair', 'Maine_Coon', 'Sphynx'];
  const dogs = ['american_pit_bull_terrier', 'beagle', 'shiba_inu', 'Afghan_hound', 'Shih-Tzu'];
  const all = Object.fromEntries([...cats, ...dogs, 'Rex', 'catfish'].map((label) => [label, 1]));
  const { choices, isCrowded } = suggestChoices(groupByLabel(pictures(all)), CLASSES, CLASSES);
  expect(isCrowded).toBe(true);
  expect(choices).toEqual([
    ...cats.map(() => 'class:cat'),
    ...dogs.map(() => 'class:dog'),
    'leave-out',
    'leave-out',
  ]);
  const few = suggestChoices(groupByLabel(pictures({ beagle: 1, pug: 1 })), CLASSES, CLASSES);
  expect(few.choices).toEqual(['new', 'new']);
});

test("unused first classes give way to a set's own, and only to these", () => {
  const leaving = (counts: Record<string, number>, unused = CLASSES) => {
    const groups = groupByLabel(pictures(counts));
    const { choices } = suggestChoices(groups, CLASSES, unused);
    return classesGivingWay(groups, choices, unused).map(({ id }) => id);
  };
  expect(leaving({ fox: 1, owl: 2 })).toEqual(['cat', 'dog']);
  expect(leaving({ fox: 1, owl: 2 }, [])).toEqual([]);
  expect(leaving({ fox: 1, gatos: 2 })).toEqual([]);
  expect(leaving({ red_fox: 1, 'Red fox': 2 })).toEqual([]);
  const groups = groupByLabel(pictures({ fox: 1, owl: 1, cow: 1 }));
  const choices = ['new', 'new', 'new'] as const;
  const { newClasses, replaced } = labelPictures(
    groups,
    { choices, keepsSplit: false },
    CLASSES,
    CLASSES,
  );
  expect(newClasses).toMatchObject([
    { name: 'fox', order: 0, palette: 0 },
    { name: 'owl', order: 1, palette: 1 },
    { name: 'cow', order: 2, palette: 2 },
  ]);
  expect(newClasses.map(({ id }) => replaced.get(id)?.id)).toEqual(['cat', 'dog', undefined]);
});

test('pictures stay in the splits of their data set if the person says so', () => {
  const [one] = groupByLabel([
    { name: 'a', label: 'cat', split: 'test', read: () => Promise.reject(new Error()) },
  ]);
  const splits = (keepsSplit: boolean) =>
    labelPictures([one!], { choices: ['class:cat'], keepsSplit }, CLASSES).pictures.map(
      ({ split }) => split,
    );
  expect(splits(true)).toEqual(['test']);
  expect(splits(false)).toEqual([undefined]);
});

test('a new class is only planned, in the first free colour; two folders of a name share it', () => {
  const groups = groupByLabel(pictures({ cat: 1, red_fox: 2, 'Red fox': 1, owl: 1 }));
  const {
    pictures: labelled,
    labels,
    newClasses,
  } = labelPictures(
    groups,
    { choices: ['class:cat', 'new', 'new', 'leave-out'], keepsSplit: false },
    CLASSES,
  );
  expect(newClasses).toMatchObject([{ name: 'red fox', order: 2, palette: 2 }]);
  expect(labels.map(({ name }) => name)).toEqual(['Cat', 'red fox']);
  const fox = newClasses[0]!.id;
  expect(labelled.map(({ classId }) => classId)).toEqual(['cat', fox, fox, fox]);
});

test('a name that is taken, too many classes and a class that is gone are refused before the import', () => {
  const refused = (counts: Record<string, number>, choices: GroupChoice[], classes = CLASSES) => {
    try {
      labelPictures(groupByLabel(pictures(counts)), { choices, keepsSplit: false }, classes);
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

test('what numbers and codes are, only the person can say', () => {
  const isSure = (...labels: string[]) =>
    isCertain(groupByLabel(labels.flatMap((label) => pictures({ [label]: 1 }))), CLASSES, CLASSES);
  expect(isSure('fox', 'owl')).toBe(true);
  expect(isSure('cats', 'perros')).toBe(true);
  expect(isSure('0', '1')).toBe(false);
  expect(isSure('/m/01yrx', '/m/0bt9lr')).toBe(false);
  expect(isSure('n02123045', 'n02085620')).toBe(false);
});

test('a folder becomes a class only under a name that a class may have', () => {
  expect(newClassName('red_fox')).toBe('red fox');
  expect(newClassName('__proto__')).toBe('proto');
  // Of a long name, the beginning and the end tell it from others.
  const long = (end: string) => newClassName(`Animalia_Chordata_Mammalia_Carnivora_Canidae_${end}`);
  expect(long('Vulpes_vulpes')).toBe('Animalia Chordata M…nidae Vulpes vulpes');
  expect(Array.from(newClassName('🐱'.repeat(41))!)).toHaveLength(39);
  expect(newClassName('a\u202eb')).toBeUndefined();
  expect(newClassName(undefined)).toBeUndefined();
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
  for (const path of ['C:/a/b', '/a/b', '//a/b', 'c:a/b', '\\\\a/b', '/C:/a/b', 'a/b']) {
    expect(withoutRoot(path), path).toBe('a/b');
    expect(isUnsafeName(withoutRoot(path)), path).toBe(false);
  }
  for (const path of ['C:/../a', '/../a', 'C:..\\a', '/a/../../b', '/a\0']) {
    expect(isUnsafeName(withoutRoot(path)), path).toBe(true);
  }
  const entry = { path: 'a', uncompressedSize: 100, compressedSize: 90 };
  expect(refusalOfEntry(entry)).toBeUndefined();
  expect(refusalOfEntry({ ...entry, uncompressedSize: 9_000 })).toBeUndefined();
  expect(refusalOfEntry({ ...entry, uncompressedSize: 9_001 })).toContain('hundred times');
  const large = { uncompressedSize: 200_000_001, compressedSize: 200_000_001 };
  expect(refusalOfEntry({ ...entry, ...large })).toContain('200 MB');
});

test('a name in an unknown code page never becomes a class', () => {
  expect(newClassName('\ufffd\ufffd\ufffd')).toBeUndefined();
});

test('what systems put beside photos is ignored', () => {
  for (const path of ['.DS_Store', 'a/.hidden/b.jpg', '__MACOSX/a.jpg', 'a/Thumbs.db', 'Icon\r']) {
    expect(isIgnored(path), path).toBe(true);
  }
  for (const path of ['a.jpg', './a.jpg', 'a/b.c.jpg', '../a.jpg']) {
    expect(isIgnored(path), path).toBe(false);
  }
});
