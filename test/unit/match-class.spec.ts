import { expect, test } from '@playwright/test';
import { kindOf } from '../../src/photos/import/layout/kinds.ts';
import { matchClasses } from '../../src/photos/import/match-class.ts';

const named = (...names: string[]) =>
  names.map((name, order) => ({ id: name, name, order, palette: order }));

const match = (label: string, ...names: string[]) => matchClasses([label], named(...names))[0]?.id;

test('a name that means cats or dogs, and only these, is of that kind', () => {
  const KINDS = {
    cat: 'cat Cats KITTY kitten cat_images catImages Cats-2024 my_cat gato Gatas gatitos قطة قطط القطط قِطَّة',
    dog: 'dog Dogs doggy puppies perro PERRAS cachorros كلب كلاب الكلاب fotos_de_perros',
  };
  for (const [kind, names] of Object.entries(KINDS)) {
    for (const name of names.split(' ')) expect(kindOf(name), name).toBe(kind);
  }
  const none = [
    'hot dog',
    'cats and dogs',
    'not a cat',
    'cat food',
    'wild cats',
    'catalogue',
    '12',
    '',
  ];
  for (const name of none) expect(kindOf(name), name).toBeUndefined();
});

test('in many languages, in the singular and the plural', () => {
  const PAIRS = `Katze Hund|Katzen Hunde|chat chien|chats chiens|gatto cane|gatti cani|gato cão|gatos cães
    кошка собака|КОШКИ СОБАКИ|кішки пси|kot pies|koty psy|katten honden|kedi köpek|KEDİLER köpekler|γάτες σκύλοι
    猫 犬|ねこ いぬ|고양이 개|बिल्ली कुत्ता|แมว หมา|mèo chó|kucing anjing|חתולים כלבים|گربه سگ|Hauskatzen hot_dog`;
  const found = PAIRS.split(/[|\n]/).map((pair) => pair.trim().split(' ').map(kindOf));
  // "pies" has other meanings, and compounds are not taken apart.
  expect(found.flatMap((kinds, index) => (kinds.join() === 'cat,dog' ? [] : [index]))).toEqual([
    11,
    found.length - 1,
  ]);
});

test('a label means the class of its name, of its words, or of its kind', () => {
  expect(match('CAT', 'Cat', 'Dog')).toBe('Cat');
  expect(match('cats', 'Gato', 'Perro')).toBe('Gato');
  expect(match('perros', 'قطة', 'كلب')).toBe('كلب');
  expect(match('كلاب', 'Cat', 'Dog')).toBe('Dog');
  expect(match('red_foxes', 'Red fox', 'Dog')).toBe('Red fox');
  expect(match('leones', 'León', 'Perro')).toBe('León');
  expect(match('Rex 2024', 'Rex', 'Tom')).toBe('Rex');
  expect(match('puppies', 'Puppy', 'Dog')).toBe('Puppy');
  const copies = ['cats', 'cats (1)', 'dogs', 'dogs - Kopie'];
  expect(matchClasses(copies, named('Cat', 'Dog')).map((one) => one?.id)).toEqual([
    ...['Cat', 'Cat', 'Dog', 'Dog'],
  ]);
  expect(match('Rex (2)', 'Rex', 'Rex 2')).toBe('Rex');
  expect(match('cat_breed_07', 'Cat', 'Dog')).toBe('Cat');
});

test('what is not certain is no match', () => {
  expect(match('Class 2', 'Class 1', 'Class 3')).toBeUndefined();
  expect(match('Rex 1', 'Rex 2', 'Tom')).toBeUndefined();
  expect(match('fox', 'Firefox', 'Cat')).toBeUndefined();
  expect(match('perros', 'Dog', 'Puppy')).toBeUndefined();
  // A set of both tells them apart.
  const ids = (labels: string[]) => matchClasses(labels, named('Cat', 'Dog')).map((one) => one?.id);
  expect(ids(['cats', 'kittens', 'perro'])).toEqual(['Cat', undefined, 'Dog']);
  expect(ids(['Cats', 'Cats 2024', 'my cat'])).toEqual(['Cat', 'Cat', 'Cat']);
});
