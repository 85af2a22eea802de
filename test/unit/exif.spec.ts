import { expect, test } from '@playwright/test';
import { clearOrientation, readExif } from '../../src/photos/import/headers/exif.ts';
import type { ImageFormat } from '../../src/photos/import/image-header.ts';
import { exifBytes, type ExifFacts } from '../fixtures/exif-bytes.ts';
import { concatenated, jpegBytes, segment } from '../fixtures/jpeg-bytes.ts';

const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const be32 = (value: number) => [
  value >>> 24,
  (value >> 16) & 255,
  (value >> 8) & 255,
  value & 255,
];
const le32 = (value: number) => be32(value).reverse();
const box = (type: string, content: readonly number[]) => [
  ...be32(content.length + 8),
  ...ascii(type),
  ...content,
];

function jpeg(exif: Uint8Array): Uint8Array {
  const whole = jpegBytes(16, 16);
  const app1 = segment(0xe1, [...ascii('Exif\0\0'), ...exif]);
  return concatenated([whole.subarray(0, 2), app1, whole.subarray(2)]);
}

function png(exif: Uint8Array): Uint8Array {
  const signature = [0x89, ...ascii('PNG\r\n\x1a\n')];
  const header = [...be32(13), ...ascii('IHDR'), ...Array<number>(17).fill(0)];
  return Uint8Array.of(...signature, ...header, ...be32(exif.length), ...ascii('eXIf'), ...exif);
}

function webp(exif: Uint8Array, prefix = ''): Uint8Array {
  const extended = [...ascii('VP8X'), ...le32(10), ...Array<number>(10).fill(0)];
  const odd = [...ascii('VP8 '), ...le32(3), 1, 2, 3, 0];
  const content = [...ascii(prefix), ...exif];
  const chunk = [...ascii('EXIF'), ...le32(content.length), ...content];
  return Uint8Array.of(...ascii('RIFF\0\0\0\0WEBP'), ...extended, ...odd, ...chunk);
}

function heif(exif: Uint8Array): Uint8Array {
  const item = (id: number, type: string) =>
    box('infe', [2, 0, 0, 0, 0, id, 0, 0, ...ascii(type), 0]);
  const information = box('iinf', [0, 0, 0, 0, 0, 2, ...item(1, 'hvc1'), ...item(2, 'Exif')]);
  const place = (id: number, offset: number, length: number) => [
    ...[0, id, 0, 0, 0, 0, 0, 1],
    ...be32(offset),
    ...be32(length),
  ];
  const meta = (offset: number) =>
    box('meta', [
      ...[0, 0, 0, 0],
      ...information,
      ...box('iloc', [
        ...[1, 0, 0, 0, 0x44, 0, 0, 2],
        ...place(1, 0, 4),
        ...place(2, offset, 4 + 6 + exif.length),
      ]),
    ]);
  const ftyp = box('ftyp', [...ascii('heic'), 0, 0, 0, 0, ...ascii('mif1')]);
  const before = ftyp.length + meta(0).length;
  const data = [...be32(6), ...ascii('Exif\0\0'), ...exif];
  return Uint8Array.of(...ftyp, ...meta(before + 8), ...box('mdat', data));
}

const CONTAINERS: readonly [string, ImageFormat, (exif: Uint8Array) => Uint8Array][] = [
  ['JPEG', 'jpeg', jpeg],
  ['PNG', 'png', png],
  ['WebP', 'webp', webp],
  ['WebP with the prefix of JPEG', 'webp', (exif) => webp(exif, 'Exif\0\0')],
  ['HEIC', 'heic', heif],
  ['AVIF', 'avif', heif],
];

const FACTS = { orientation: 6, time: '2024:05:06 07:08:09', fraction: '25', offset: '+02:00' };

for (const [name, format, container] of CONTAINERS) {
  test(`${name}: orientation and time, in either order of bytes`, () => {
    for (const isLittle of [false, true]) {
      const bytes = container(exifBytes(FACTS, isLittle));
      const takenAt = Date.UTC(2024, 4, 6, 5, 8, 9, 250);
      expect(readExif(bytes, format)).toEqual({ orientation: 6, takenAt });
      if (format !== 'jpeg' && format !== 'webp') continue;
      clearOrientation(bytes, format);
      expect(readExif(bytes, format)).toEqual({ orientation: 1, takenAt });
    }
  });

  test(`${name}: cut or changed data say nothing wrong and end without a throw`, () => {
    const bytes = container(exifBytes(FACTS));
    const wrong = [];
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = 0xff;
      for (const spoilt of [bytes.subarray(0, at), changed]) {
        const { orientation, takenAt } = readExif(spoilt, format);
        const isTime = takenAt === undefined || takenAt > 0;
        if (!(orientation >= 1 && orientation <= 8 && isTime))
          wrong.push({ at, orientation, takenAt });
        if (format === 'jpeg' || format === 'webp') clearOrientation(spoilt, format);
      }
    }
    expect(wrong).toEqual([]);
  });
}

const TIMES: readonly (readonly [ExifFacts, number | undefined])[] = [
  // Without an offset, the time is one of this device's time zone.
  [{ time: '2024:05:06 07:08:09' }, new Date(2024, 4, 6, 7, 8, 9).getTime()],
  [{ time: '2024-05-06 07:08:09', offset: '-03:30' }, Date.UTC(2024, 4, 6, 10, 38, 9)],
  [{ time: '2024:05:06 07:08:09', offset: '   ' }, new Date(2024, 4, 6, 7, 8, 9).getTime()],
  [
    { time: '2024:05:06 07:08:09', fraction: '123456', offset: '+00:00' },
    Date.UTC(2024, 4, 6, 7, 8, 9, 123),
  ],
  [{ time: '0000:00:00 00:00:00' }, undefined],
  [{ time: '    :  :     :  :  ' }, undefined],
  [{ time: '2024:13:06 07:08:09' }, undefined],
  [{}, undefined],
];

test('the time as cameras write it, and times that are none', () => {
  for (const [facts, expected] of TIMES) {
    expect(readExif(jpeg(exifBytes(facts)), 'jpeg').takenAt, JSON.stringify(facts)).toBe(expected);
  }
});

test('an orientation that does not exist is upright', () => {
  for (const orientation of [0, 9, 65535]) {
    expect(readExif(jpeg(exifBytes({ orientation })), 'jpeg').orientation).toBe(1);
  }
});
