import { expect, test } from '@playwright/test';
import { atOnce } from '../../src/platform/in-steps.ts';
import { filmParts } from '../../src/photos/import/films/frame-times.ts';
import { isFilm } from '../../src/photos/import/headers/formats.ts';
import { countFilms } from '../../src/photos/import/found-films.ts';
import { fileRoles } from '../../src/photos/import/layout/file-roles.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

for (const [what, head, expected] of [
  ['MP4', '\0\0\0\x18ftypisom', true],
  ['MP4 of a camera', '\0\0\0\x1cftypmp42', true],
  ['MOV', '\0\0\0\x14ftypqt  ', true],
  ['M4V', '\0\0\0\x20ftypM4V ', true],
  ['3GP', '\0\0\0\x1cftyp3gp4', true],
  ['MOV without ftyp', '\0\0\0\x08wide\0\0\0\0', true],
  ['WebM', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81', true],
  ['HEIC', '\0\0\0\x18ftypheic', false],
  ['HEIF', '\0\0\0\x18ftypmif1', false],
  ['AVIF', '\0\0\0\x20ftypavif', false],
  ['moving AVIF', '\0\0\0\x20ftypavis', false],
  ['music', '\0\0\0\x20ftypM4A ', false],
  ['HEIC under a brand that is not known', '\0\0\0\x18ftypMiHE\0\0\0\0mif1heic', false],
  ['MP4 under a brand that is not known', '\0\0\0\x18ftypXAVC\0\0\0\0mp42iso2', true],
  ['AVI, which browsers do not open', 'RIFF\x10\0\0\0AVI LIST', false],
  ['Ogg', 'OggS\0\x02', false],
  ['a text', 'See free cats', false],
  ['JPEG', '\xff\xd8\xff\xe0\0\x10JFIF\0\x01', false],
  ['an empty file', '', false],
] as const) {
  test(`a film or not, by its bytes: ${what}`, () => {
    expect(isFilm(bytes(head))).toBe(expected);
  });
}

for (const [start, end, count, parts, tries] of [
  [0, 600, 20, 20, 3],
  [2, 12, 5, 5, 3],
  // Two frames at 60 a second.
  [0, 0.034, 20, 2, 1],
  [0, 0, 20, 1, 1],
] as const) {
  test(`frames of a film from ${start} to ${end} s: ${count} wanted`, () => {
    const all = filmParts(start, end, count);
    expect(all).toHaveLength(parts);
    for (const { times } of all) expect(times).toHaveLength(tries);
    const times = all.flatMap(({ times }) => times);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(start);
    expect(times.at(-1)).toBeLessThanOrEqual(end);
  });
}

test('the film of a Live Photo is left out, a film on its own is not', () => {
  const found = [
    'trip/IMG_1.HEIC',
    'trip/IMG_1.MOV',
    'trip/IMG_2.jpg',
    'trip/IMG_2.mov',
    'trip/IMG_3.MOV',
    'other/IMG_1.mov',
    'IMG_4.webm',
  ];
  expect(atOnce(fileRoles(found))).toEqual([
    ...['picture', 'other'],
    ...['picture', 'other'],
    ...['film', 'film', 'film'],
  ]);
  expect(countFilms(found.map((name) => ({ name })))).toBe(5);
});
