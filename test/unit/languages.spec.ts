import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { formatTag, LANGUAGES, pickLanguage } from '../../src/i18n/languages.ts';
import { plural } from '../../src/i18n/plural.ts';

const code = (asked: string | undefined, ...preferred: string[]) =>
  pickLanguage(asked, preferred).code;

test('the app speaks what was asked for, or the first of the phone’s languages that it knows', () => {
  expect(code('es', 'ar')).toBe('es');
  expect(code(undefined, 'fr-CH', 'es-MX', 'ar')).toBe('es');
  expect(code(undefined, 'ar-EG')).toBe('ar');
  // One that was taken out of the app, or a stored value that somebody edited.
  expect(code('xx', 'ES-419')).toBe('es');
  expect(code(undefined, 'fr', 'sw')).toBe('en');
  expect(code(undefined)).toBe('en');
});

test('numbers and dates are written as in the person’s own region, in Western digits', () => {
  const [english, spanish, arabic] = LANGUAGES.map(
    (language) => (tag: string) => formatTag(language, [tag]),
  ) as [(tag: string) => string, (tag: string) => string, (tag: string) => string];
  expect(english('en-GB')).toBe('en-GB');
  expect(english('de-DE')).toBe('en');
  expect(english('en-US@posix')).toBe('en');
  expect(spanish('es-MX')).toBe('es-MX');
  expect(new Intl.NumberFormat(arabic('ar-EG')).format(12_345)).toMatch(/^12.345$/);
  expect(new Intl.NumberFormat(arabic('en')).format(7)).toBe('7');
});

test('a sentence takes the form of its number, or the general one', () => {
  expect(plural(1, { one: 'a photo', other: 'photos' })).toBe('a photo');
  expect(plural(0, { one: 'a photo', other: 'photos' })).toBe('photos');
  expect(plural(2, { one: 'a photo', two: 'a pair', other: 'photos' })).toBe('photos');
});

test('the languages that can be chosen are those that are translated', async () => {
  const { sourceLocale, targetLocales } = JSON.parse(
    await readFile('lit-localize.json', 'utf8'),
  ) as { sourceLocale: string; targetLocales: string[] };
  expect(LANGUAGES.map((language) => language.code)).toEqual([sourceLocale, ...targetLocales]);
});
