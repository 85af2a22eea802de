import { expect, test } from '@playwright/test';
import { imageFormat, readImageHeader } from '../../src/photos/import/image-header.ts';
import { refusalOfSize } from '../../src/photos/import/image-limits.ts';

test.describe('image header', () => {
  test('PNG: the size in IHDR', () => {
    expect(readImageHeader(png(640, 480))).toEqual({ format: 'png', width: 640, height: 480 });
  });

  test('JPEG: the frame header, past EXIF, fill bytes and a thumbnail’s own frame', () => {
    const thumbnail = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
    const bytes = Uint8Array.of(
      ...[0xff, 0xd8],
      ...segment(0xe1, [...ascii('Exif\0\0'), ...thumbnail]),
      ...[0xff, ...segment(0xdb, [0, 1, 2])],
      ...segment(0xc4, [9, 9, 9, 9, 9, 9, 9]), // DHT: not a frame, though it stands among them
      ...segment(0xc0, [8, ...uint16(3024), ...uint16(4032), 3]),
      ...SCAN,
    );
    expect(readImageHeader(bytes)).toEqual({ format: 'jpeg', width: 4032, height: 3024 });
  });

  test('JPEG: a progressive one is told apart', () => {
    const of = (frame: number) =>
      Uint8Array.of(0xff, 0xd8, ...segment(frame, [8, 0, 9, 0, 9, 1, 1, 0x11, 0]), ...SCAN);
    expect(readImageHeader(of(0xc0))).toEqual({ format: 'jpeg', width: 9, height: 9 });
    expect(readImageHeader(of(0xc2))).toMatchObject({ isProgressive: true });
  });

  test('JPEG without a frame before its picture data has no size', () => {
    const bytes = Uint8Array.of(0xff, 0xd8, ...segment(0xda, [1, 2, 3]), 0xff, 0xc0, 0, 11, 8);
    expect(readImageHeader(bytes)).toBeUndefined();
  });

  test('JPEG whose height is left for later (DNL) has no size', () => {
    const bytes = Uint8Array.of(0xff, 0xd8, ...segment(0xc0, [8, 0, 0, 1, 0, 3]));
    expect(readImageHeader(bytes)).toBeUndefined();
  });

  test('WebP: lossy, lossless, extended', () => {
    const lossy = webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(800 | 0x4000), ...le16(600)]);
    expect(readImageHeader(lossy)).toEqual({ format: 'webp', width: 800, height: 600 });
    const bits = (800 - 1) | ((600 - 1) << 14);
    const lossless = webp('VP8L', [0x2f, ...le16(bits & 0xffff), ...le16(bits >>> 16)]);
    expect(readImageHeader(lossless)).toEqual({ format: 'webp', width: 800, height: 600 });
    const extended = webp('VP8X', [0, 0, 0, 0, ...le24(9999), ...le24(11999)]);
    expect(readImageHeader(extended)).toEqual({ format: 'webp', width: 10000, height: 12000 });
  });

  test('HEIC and AVIF: the largest ispe box, tiles beside it', () => {
    for (const [brand, format] of [
      ['heic', 'heic'],
      ['avif', 'avif'],
    ] as const) {
      const properties = [...ispe(512, 512), ...ispe(4032, 3024), ...ispe(512, 512)];
      const bytes = heif(brand, box('ipco', properties));
      expect(readImageHeader(bytes)).toEqual({ format, width: 4032, height: 3024 });
    }
  });

  test('AVIF by a compatible brand under HEIF’s general one', () => {
    const ftyp = box('ftyp', [...ascii('mif1'), 0, 0, 0, 0, ...ascii('avif')]);
    expect(imageFormat(Uint8Array.from(ftyp))).toBe('avif');
  });

  test('GIF: the size of the logical screen; BMP: both kinds of header, rows in either order', () => {
    const gif = Uint8Array.of(...ascii('GIF89a'), ...le16(320), ...le16(240), 0, 0, 0);
    expect(readImageHeader(gif)).toEqual({ format: 'gif', width: 320, height: 240 });
    const file = [...ascii('BM'), ...Array<number>(12).fill(0)];
    const le32 = (value: number) => [...le16(value & 0xffff), ...le16(value >>> 16)];
    const size = { format: 'bmp', width: 320, height: 240 };
    for (const height of [240, -240]) {
      const windows = Uint8Array.of(...file, ...le32(40), ...le32(320), ...le32(height), 1, 0);
      expect(readImageHeader(windows)).toEqual(size);
    }
    const old = Uint8Array.of(...file, ...le32(12), ...le16(320), ...le16(240), 1, 0);
    expect(readImageHeader(old)).toEqual(size);
  });

  test('what is no picture has no format', () => {
    for (const bytes of [
      [],
      [0xff],
      ascii('BMW is a car.'),
      ascii('<html>'),
      ascii('RIFF....WAVE'),
    ]) {
      expect(imageFormat(Uint8Array.from(bytes))).toBeUndefined();
    }
    const video = box('ftyp', [...ascii('isom'), 0, 0, 0, 0, ...ascii('mp42')]);
    expect(imageFormat(Uint8Array.from(video))).toBeUndefined();
  });

  test('every truncation of every format ends without a throw', () => {
    const whole = [
      png(640, 480),
      Uint8Array.of(0xff, 0xd8, ...segment(0xe0, [1, 2]), ...segment(0xc0, [8, 0, 9, 0, 9, 3])),
      webp('VP8X', [0, 0, 0, 0, ...le24(9), ...le24(9)]),
      heif('heic', box('ipco', ispe(10, 10))),
    ];
    for (const bytes of whole) {
      expect(readImageHeader(bytes)).toBeDefined();
      for (let length = 0; length < bytes.length; length++) {
        const header = readImageHeader(bytes.subarray(0, length));
        expect(header === undefined || header.width > 0).toBe(true);
      }
    }
  });

  test('a box that lies about its size neither loops nor reads outside', () => {
    const empty = heif('heic', [0, 0, 0, 4, ...ascii('ipco')]);
    expect(readImageHeader(empty)).toBeUndefined();
    const huge = heif('heic', [0xff, 0xff, 0xff, 0xff, ...ascii('ipco'), ...ispe(3, 4)]);
    expect(readImageHeader(huge)).toEqual({ format: 'heic', width: 3, height: 4 });
    const long = [0, 0, 0, 1, ...ascii('ipco'), ...Array<number>(8).fill(0xff), ...ispe(3, 4)];
    expect(readImageHeader(heif('heic', long))).toEqual({ format: 'heic', width: 3, height: 4 });
  });

  test('random bytes after a good signature end without a throw', () => {
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) & 0xff;
    for (const start of [png(1, 1).subarray(0, 8), Uint8Array.of(0xff, 0xd8, 0xff)]) {
      for (let round = 0; round < 500; round++) {
        const bytes = Uint8Array.from([...start, ...Array.from({ length: 200 }, next)]);
        expect(() => readImageHeader(bytes)).not.toThrow();
      }
    }
  });

  test('a view into a larger buffer is read from its own start', () => {
    const padded = new Uint8Array([1, 2, 3, ...png(7, 5)]);
    expect(readImageHeader(padded.subarray(3))).toEqual({ format: 'png', width: 7, height: 5 });
  });
});

test.describe('image limits', () => {
  const jpeg = { format: 'jpeg' } as const;
  for (const [what, header, bytes] of [
    ['12 megapixels of a single colour', { ...jpeg, width: 4032, height: 3024 }, 30_000],
    ['48 megapixels', { ...jpeg, width: 8064, height: 6048 }, 790_000],
    ['108 megapixels', { ...jpeg, width: 12_000, height: 9_000 }, 30e6],
    ['200 megapixels', { ...jpeg, width: 16_320, height: 12_240 }, 60e6],
    ['a panorama', { ...jpeg, width: 16_382, height: 3_900 }, 20e6],
    ['a long screenshot', { format: 'png', width: 1080, height: 30_000 }, 3e6],
    ['48 megapixels in HEIC', { format: 'heic', width: 8064, height: 6048 }, 5e6],
  ] as const) {
    test(`${what}: taken`, () => {
      expect(refusalOfSize(header, bytes, true)).toBeUndefined();
    });
  }
  for (const [what, header, bytes, most] of [
    ['a small PNG of 256 megapixels', { format: 'png', width: 16_000, height: 16_000 }, 31e3, 40],
    ['a large one', { format: 'png', width: 16_000, height: 16_000 }, 90e6, 64],
    ['a small JPEG', { ...jpeg, width: 16_320, height: 12_240 }, 900_000, 40],
    ['a gigapixel', { ...jpeg, width: 65_535, height: 65_535 }, 150e6, 250],
    [
      'a progressive JPEG',
      { ...jpeg, width: 16_320, height: 12_240, isProgressive: true },
      60e6,
      64,
    ],
    ['WebP', { format: 'webp', width: 16_383, height: 16_383 }, 1e6, 40],
  ] as const) {
    test(`${what}: refused with its size and the limit`, () => {
      expect(refusalOfSize(header, bytes, true)).toMatch(
        new RegExp(`Too large.*At most ${most} mega`),
      );
    });
  }
});

test('a picture of a few pixels is refused with its size; a small one is not', () => {
  const size = (width: number, height: number) =>
    refusalOfSize({ format: 'png', width, height }, 90, true);
  expect(size(1, 1)).toBe('Too small: 1 by 1 pixels.');
  expect(size(7, 4000)).toBe('Too small: 7 by 4,000 pixels.');
  expect(size(28, 28)).toBeUndefined();
});

test('a browser that cannot reduce a JPEG takes as many pixels as of other formats', () => {
  const photo = { format: 'jpeg', width: 12_000, height: 9_000 } as const;
  expect(refusalOfSize(photo, 30e6, false)).toContain('At most 64 mega');
  expect(refusalOfSize({ ...photo, width: 6_000 }, 30e6, false)).toBeUndefined();
});

/** The header of the picture data. */
const SCAN = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];

function png(width: number, height: number): Uint8Array {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const ihdr = [...uint32(width), ...uint32(height), 8, 2, 0, 0, 0];
  return Uint8Array.of(...signature, 0, 0, 0, 13, ...ascii('IHDR'), ...ihdr);
}

/** A JPEG marker segment with its length. */
function segment(marker: number, content: readonly number[]): number[] {
  return [0xff, marker, ...uint16(content.length + 2), ...content];
}

function webp(chunk: string, content: readonly number[]): Uint8Array {
  const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...ascii(chunk), 0, 0, 0, 0];
  return Uint8Array.of(...head, ...content);
}

function heif(brand: string, ipco: readonly number[]): Uint8Array {
  const ftyp = box('ftyp', [...ascii(brand), 0, 0, 0, 0, ...ascii('mif1')]);
  const meta = box('meta', [0, 0, 0, 0, ...box('hdlr', [0, 0, 0, 0]), ...box('iprp', ipco)]);
  return Uint8Array.from([...ftyp, ...meta]);
}

function ispe(width: number, height: number): number[] {
  return box('ispe', [0, 0, 0, 0, ...uint32(width), ...uint32(height)]);
}

function box(type: string, content: readonly number[]): number[] {
  return [...uint32(content.length + 8), ...ascii(type), ...content];
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function uint16(value: number): number[] {
  return [value >>> 8, value & 0xff];
}

function uint32(value: number): number[] {
  return [...uint16(value >>> 16), ...uint16(value & 0xffff)];
}

function le16(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function le24(value: number): number[] {
  return [...le16(value & 0xffff), value >>> 16];
}
