import { expect, test } from '@playwright/test';
import { decodeNames } from '../../src/platform/archive/entry-names.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const utf8 = (text: string) => new TextEncoder().encode(text);

// The bytes are those of Python's codecs.
const NAMES: readonly (readonly [
  what: string,
  bytes: string,
  languages: string[],
  name: string,
])[] = [
  ['Arabic, MS-DOS', 'a5efed9feb9fa22fe7e1e12f312e6a7067', ['ar'], 'حيوانات/قطط/1.jpg'],
  ['Arabic on an English phone that also knows Arabic', 'e7e1e1', ['en', 'en-US', 'ar-EG'], 'قطط'],
  ['Arabic, Windows', 'dfe1c7c82fdfe1c82e6a7067', ['ar'], 'كلاب/كلب.jpg'],
  ['Japanese', '8eca905e2f836c83522f312e6a7067', ['ja-JP'], '写真/ネコ/1.jpg'],
  ['Japanese, Unix', 'a4a4a4cc2f312e6a7067', ['ja'], 'いぬ/1.jpg'],
  [
    'Spanish, MS-DOS',
    '636163686f72726f207065717565a46f2fe96c74696d612e6a7067',
    ['es-ES'],
    'cachorro pequeño/Última.jpg',
  ],
  ['Spanish, MS-DOS in America', '6e69a46f2f826c2e6a7067', ['es'], 'niño/él.jpg'],
  [
    'Spanish, Windows',
    '636163686f72726f207065717565f16f2f426562e92e6a7067',
    ['es'],
    'cachorro pequeño/Bebé.jpg',
  ],
  ['Spanish on an English phone', '7365a46f72612e6a7067', ['en'], 'señora.jpg'],
  ['German', '4b84747a6368656e2f48816e646368656e2e6a7067', ['de'], 'Kätzchen/Hündchen.jpg'],
  ['simplified Chinese', 'c3a82fb9b72e6a7067', ['zh-CN'], '猫/狗.jpg'],
  ['traditional Chinese', 'bfdf2faaaf2e6a7067', ['zh-TW'], '貓/狗.jpg'],
  ['Korean', 'b0edbee7c0cc2fb0b32e6a7067', ['ko'], '고양이/개.jpg'],
  ['Russian, MS-DOS', '8aaee8aaa82f91aea1a0aaa82e6a7067', ['ru'], 'Кошки/Собаки.jpg'],
  ['Russian, Windows', 'caeef8eae82fd1eee1e0eae82e6a7067', ['ru'], 'Кошки/Собаки.jpg'],
  ['Greek', '9ae1ab982e6a7067', ['el'], 'γάτα.jpg'],
  ['Hebrew', '879a858c2e6a7067', ['he'], 'חתול.jpg'],
  ['Turkish', '6b9470656b20796176727573752f61a761872e6a7067', ['tr'], 'köpek yavrusu/ağaç.jpg'],
  ['Polish', '7a646aa96369612fab72656269a92e6a7067', ['pl'], 'zdjęcia/źrebię.jpg'],
];

for (const [what, bytes, languages, name] of NAMES) {
  test(`${what}: ${name}`, () => {
    expect(decodeNames([hex(bytes)], languages)).toEqual([name]);
  });
}

test('decomposed UTF-8 that is not marked as such is composed', () => {
  const name = utf8('cachorro pequen\u0303o/foto.jpg');
  expect(decodeNames([name], ['ja'])).toEqual(['cachorro pequeño/foto.jpg']);
});

test('what reads as no word of the languages is left open, and never made up', () => {
  const arabic = hex('e7e1e1');
  for (const language of ['en', 'es', 'de', 'fr', 'tr', 'pl']) {
    expect(decodeNames([arabic], [language])).toEqual(['\ufffd\ufffd\ufffd']);
  }
});

test('names that are left open stay different', () => {
  const names = [hex('e7e1e12f312e6a7067'), hex('e8e1e12f312e6a7067'), hex('e7e1e12fe62e6a7067')];
  expect(decodeNames(names, ['en'])).toEqual([
    '\ufffd\ufffd\ufffd/1.jpg',
    '\ufffd\ufffd\ufffd 2/1.jpg',
    '\ufffd\ufffd\ufffd/\ufffd.jpg',
  ]);
});

test('all names of an archive are of one code page', () => {
  const names = [hex('82cd82e9'), hex('8ca2')];
  expect(decodeNames(names, ['ja', 'en'])).toEqual(['はる', '犬']);
});
