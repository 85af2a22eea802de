import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { KNOWN_CLASS_NAMES } from '../../scripts/bases/openimages/known-class-names.ts';
import { LANGUAGES } from '../../src/i18n/languages.ts';
import { knownMatch, soughtClasses } from '../../src/photos/known-class.ts';
import type { KnownClass } from '../../src/records/known-classes.ts';

const KNOWN: readonly KnownClass[] = Object.entries(KNOWN_CLASS_NAMES).map(([id, names]) => ({
  id,
  names,
}));

const matchOf = (name: string) => knownMatch({ name }, KNOWN)?.known.id;

test('each known class has a name in each language, and no other class shares it', () => {
  expect(KNOWN).toHaveLength(23);
  for (const { id, names } of KNOWN) {
    for (const [language, [shown]] of Object.entries(names)) {
      expect(shown, `${id} ${language}`).toBeTruthy();
      expect(matchOf(shown!), shown).toBe(id);
    }
  }
});

test('a class is known by its name, in any language, number, case and spelling', () => {
  const NAMES = {
    cat: [
      'Cat',
      'cats',
      'My cats',
      'CAT',
      'Gato',
      'gatas',
      'mis gatitos',
      'قطة',
      'القطة',
      'قِطَّة',
      'قطط',
    ],
    dog: ['Dog', 'Puppies', 'Perro', 'los perros', 'كلب', 'الكلاب'],
    person: ['People', 'Personas', 'شخص'],
    camera: ['Cámara', 'camaras'],
    car: ['Coches', 'سيارات'],
  };
  for (const [id, names] of Object.entries(NAMES)) {
    for (const name of names) expect(matchOf(name), name).toBe(id);
  }
});

test('the first classes are known as the app names them, so that Live answers before any photo', async () => {
  for (const { code } of LANGUAGES.slice(1)) {
    const words = await readFile(`src/i18n/translations/${code}.xlf`, 'utf8');
    for (const [name, id] of Object.entries({ Cat: 'cat', Dog: 'dog' })) {
      const target = new RegExp(`<source>${name}</source>\\s*<target>(.+)</target>`).exec(words);
      expect(matchOf(target![1]!), `${name} ${code}`).toBe(id);
    }
  }
});

test('other names are not known, nor are those of two classes', () => {
  for (const name of ['Luna', 'Rex', 'Cat food', 'Hot dog', 'Catalogue', '2024', '🐈', 'قلب']) {
    expect(matchOf(name), name).toBeUndefined();
  }
  // "Auto" is one class in two languages, "Monitor" too; that is no doubt.
  expect(matchOf('Auto')).toBe('car');
  const twice = [...KNOWN, { id: 'lynx', names: { en: ['Cat'], es: [], ar: [] } }];
  expect(knownMatch({ name: 'Cat' }, twice)).toBeUndefined();
});

test('what the person chose comes before the name', () => {
  const cat = KNOWN.findIndex(({ id }) => id === 'cat');
  expect(knownMatch({ name: 'Luna', known: 'cat' }, KNOWN)).toMatchObject({
    known: { id: 'cat' },
    index: cat,
    isChosen: true,
  });
  expect(knownMatch({ name: 'Dog', known: 'cat' }, KNOWN)?.known.id).toBe('cat');
  expect(knownMatch({ name: 'Cat', known: null }, KNOWN)).toBeUndefined();
  expect(knownMatch({ name: 'Cat' }, KNOWN)?.isChosen).toBe(false);
});

test('a base that does not know the chosen class, or nothing, matches nothing', () => {
  expect(knownMatch({ name: 'Cat', known: 'zebra' }, KNOWN)).toBeUndefined();
  expect(knownMatch({ name: 'Cat' }, undefined)).toBeUndefined();
});

test('pictures are searched for what the classes are, else for any animal', () => {
  const animals = KNOWN.map((known) => ({
    ...known,
    ...(['cat', 'cattle', 'dog'].includes(known.id) && { animal: true as const }),
  }));
  const sought = (...classes: { name: string; known?: string | null }[]) =>
    soughtClasses(classes, animals)
      .map((index) => animals[index]!.id)
      .sort();
  expect(sought({ name: 'Gatos' }, { name: 'Dog' })).toEqual(['cat', 'dog']);
  expect(sought({ name: 'Luna', known: 'cat' }, { name: 'Cat' })).toEqual(['cat']);
  expect(sought({ name: 'Car' }, { name: 'Rex' })).toEqual(['car']);
  expect(sought({ name: 'Luna' }, { name: 'Rex' })).toEqual(['cat', 'cattle', 'dog']);
  expect(sought({ name: 'Luna', known: null }, { name: 'Rex' })).toEqual(['cat', 'cattle', 'dog']);
  // The person said of each that it is none of them.
  expect(sought({ name: 'Hamster', known: null }, { name: 'Bird', known: null })).toEqual([]);
  expect(soughtClasses([{ name: 'Luna' }], [])).toEqual([]);
});
