import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { numberToEdit, parseNumber } from '../../src/i18n/parse-number.ts';

const LANGUAGES = [
  'en',
  'en-IN',
  'es',
  'es-MX',
  'es-CR',
  'de',
  'de-CH',
  'fr',
  'ru',
  'pl',
  'hi',
  'ar',
];
const DIGITS = ['latn', 'arab', 'arabext', 'deva', 'beng', 'thai', 'fullwide'];

const tags = fc
  .tuple(fc.constantFrom(...LANGUAGES), fc.constantFrom(...DIGITS))
  .map(([language, digits]) => `${language}-u-nu-${digits}`);
const grouping = fc.constantFrom('always' as const, 'auto' as const, false as const);

test('a thousand is a thousand, with every separator and in all digits', () => {
  for (const text of [
    ...['1000', '1,000', '1.000', '1 000', '1\u202F000', '1’000', "1'000", '1e3', ' 1000 '],
    ...['١٠٠٠', '١٬٠٠٠', '۱٬۰۰۰', '١.٠٠٠', '१,०००', '１０００', '１，０００', '＋１．０００'],
    '١،٠٠٠',
  ]) {
    for (const tag of ['en', 'es', 'ar']) expect(parseNumber(text, 'whole', tag), text).toBe(1000);
  }
  expect(parseNumber('1,000,000', 'decimal', 'es')).toBe(1e6);
  expect(parseNumber('12,34,567', 'whole', 'en-IN')).toBe(1_234_567);
});

test('decimals have a point or a comma, in every language', () => {
  for (const text of [
    '0,5',
    '0.5',
    '.5',
    ',5',
    '٠٫٥',
    '۰٫۵',
    '٠,٥',
    '٠،٥',
    '０．５',
    '5e-1',
    '5E-1',
  ]) {
    for (const tag of ['en', 'es', 'ar']) expect(parseNumber(text, 'decimal', tag), text).toBe(0.5);
  }
  expect(parseNumber('1e-4', 'decimal', 'en')).toBe(1e-4);
  expect(parseNumber('0,001', 'decimal', 'en')).toBe(0.001);
  expect(parseNumber('1.234,5', 'decimal', 'en')).toBe(1234.5);
  expect(parseNumber('1 234,5', 'decimal', 'en')).toBe(1234.5);
  expect(parseNumber('−2.5', 'decimal', 'en')).toBe(-2.5);
});

test('what could be both is what the language means, and a thousand among whole numbers', () => {
  expect([parseNumber('1,234', 'decimal', 'en'), parseNumber('1.234', 'decimal', 'en')]).toEqual([
    1234, 1.234,
  ]);
  expect([parseNumber('1,234', 'decimal', 'es'), parseNumber('1.234', 'decimal', 'es')]).toEqual([
    1.234, 1234,
  ]);
});

test('what is not one number is none', () => {
  for (const text of [
    ...['', ' ', 'many', '1.2.3', '1,2,3', '1 00', '1,000.5.5', '1.000,000.5', '1e', 'e5'],
    ...['0x10', 'Infinity', 'NaN', '1e999', '--1', '1-2', '1,000,00', '1 000,000 5', ',', '.'],
  ]) {
    for (const kind of ['whole', 'decimal'] as const) {
      expect(parseNumber(text, kind, 'en'), text).toBeNaN();
    }
  }
});

test('whatever Intl writes is read as the same number', () => {
  fc.assert(
    fc.property(tags, grouping, fc.integer({ min: -1e9, max: 1e9 }), (tag, useGrouping, value) => {
      const text = new Intl.NumberFormat(tag, { useGrouping }).format(value);
      expect(parseNumber(text, 'whole', tag), text).toBe(value === 0 ? 0 : value);
      expect(parseNumber(text, 'decimal', tag), text).toBe(value === 0 ? 0 : value);
    }),
  );
  fc.assert(
    fc.property(
      tags,
      grouping,
      fc.integer({ min: 0, max: 1e9 }),
      (tag, useGrouping, thousandths) => {
        const value = thousandths / 1000;
        const text = new Intl.NumberFormat(tag, { useGrouping }).format(value);
        expect(parseNumber(text, 'decimal', tag), text).toBe(value);
      },
    ),
  );
  fc.assert(
    fc.property(
      tags,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -9, max: 9 }),
      (tag, n, e) => {
        const text = new Intl.NumberFormat(tag, { notation: 'scientific' }).format(n * 10 ** e);
        expect(parseNumber(text, 'decimal', tag), text).toBeCloseTo(n * 10 ** e, 12);
      },
    ),
  );
});

test('a number in a field is read as the same number when it is sent again', () => {
  const values = fc.double({ min: 1e-8, max: 1e4, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(tags, values, (tag, value) => {
      expect(parseNumber(numberToEdit(value, tag), 'decimal', tag)).toBe(value);
    }),
  );
});
