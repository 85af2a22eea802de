import { expect, test } from '@playwright/test';
import { unreadFormat } from '../../src/photos/import/headers/unread-format.ts';
import { missingRows } from '../../src/photos/import/missing-part.ts';
import { reducedSize } from '../../src/photos/import/reduced-size.ts';
import { storedSquare, uprightTransform } from '../../src/photos/import/upright.ts';

const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

/** A TIFF whose first directory has these tags. */
const tiff = (tags: readonly number[]) => [
  ...ascii('II*\0'),
  ...[8, 0, 0, 0, tags.length, 0],
  ...tags.flatMap((tag) => [tag & 255, tag >> 8, ...Array<number>(10).fill(0)]),
];

const FORMATS: readonly (readonly [string | undefined, readonly number[]])[] = [
  ['TIFF', tiff([0x100, 0x101])],
  ['TIFF', tiff([0x100, 0x10f])],
  ['TIFF', ascii('MM\0*')],
  ['RAW', tiff([0x100, 0xc612])],
  ['RAW', tiff([0x10f, 0x14a])],
  ['RAW', ascii('II*\0\x10\0\0\0CR\x02\0')],
  ['RAW', ascii('\0\0\0\x18ftypcrx \0\0\0\x01')],
  ['RAW', ascii('FUJIFILMCCD-RAW 0201')],
  ['PSD', ascii('8BPS\0\x01')],
  ['JXL', [0xff, 0x0a, 1]],
  ['JPEG 2000', ascii('\0\0\0\x0cjP  \r\n')],
  ['SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['SVG', [0xef, 0xbb, 0xbf, ...ascii(' <?xml version="1.0"?>\n<!-- a cat --><svg>')]],
  ['AVI', ascii('RIFF\x10\0\0\0AVI LIST')],
  ['OGG', ascii('OggS\0\x02')],
  ['WMV', [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11]],
  ['MPEG', [0, 0, 1, 0xba]],
  [undefined, ascii('<html><svg>')],
  [undefined, ascii('hello')],
  [undefined, []],
];

test('formats that browsers do not read are named by their bytes', () => {
  for (const [name, bytes] of FORMATS) {
    const found = unreadFormat(Uint8Array.from(bytes))?.name;
    expect(found, Buffer.from(bytes).toString('latin1')).toBe(name);
  }
});

test('a large picture is decoded in eighths of its size, with the least side that is wanted', () => {
  for (const [width, height, leastSide, expected] of [
    [16_320, 12_240, 1024, { width: 2040, height: 1530 }],
    [8064, 6048, 1024, { width: 2016, height: 1512 }],
    [8064, 6048, 2048, { width: 3024, height: 2268 }],
    [12_500, 2400, 1024, { width: 6250, height: 1200 }],
    [4032, 3024, 1024, { width: 1512, height: 1134 }],
    [1200, 900, 1024, undefined],
    [1024, 1024, 1024, undefined],
    [1, 1, 1024, undefined],
  ] as const) {
    expect(reducedSize({ width, height }, leastSide)).toEqual(expected);
  }
});

test('each orientation puts the stored corner where EXIF says, inside the picture', () => {
  const size = { width: 30, height: 20 };
  // The corners of the upright picture at which the stored first row and first column meet.
  const corners = [
    ['left', 'top'],
    ['right', 'top'],
    ['right', 'bottom'],
    ['left', 'bottom'],
    ['left', 'top'],
    ['right', 'top'],
    ['right', 'bottom'],
    ['left', 'bottom'],
  ] as const;
  for (const [index, [side, edge]] of corners.entries()) {
    const { matrix, width, height } = uprightTransform(index + 1, size);
    const [a, b, c, d, x, y] = matrix;
    const place = (u: number, v: number) => [a * u + c * v + x, b * u + d * v + y];
    expect(place(0, 0)).toEqual([side === 'left' ? 0 : width, edge === 'top' ? 0 : height]);
    const opposite = [side === 'left' ? width : 0, edge === 'top' ? height : 0];
    expect(place(size.width, size.height)).toEqual(opposite);
    expect([width, height].sort()).toEqual([20, 30]);
    expect(width > height).toBe(index < 4);
  }
});

test('a square of the upright picture is found in the stored one, whatever its orientation', () => {
  const size = { width: 30, height: 20 };
  for (let orientation = 1; orientation <= 8; orientation++) {
    const crop = { x: 3, y: 5, side: 7 };
    const stored = storedSquare(crop, orientation, size);
    const [a, b, c, d, right, down] = uprightTransform(orientation, size).matrix;
    const corners = [0, stored.side].flatMap((across) =>
      [0, stored.side].map((along) => {
        const [x, y] = [stored.x + across, stored.y + along];
        return [a * x + c * y + right, b * x + d * y + down];
      }),
    );
    expect(corners.map(([x]) => x).sort()).toEqual([10, 10, 3, 3]);
    expect(corners.map(([, y]) => y).sort()).toEqual([12, 12, 5, 5]);
  }
});

test('rows that were not received are counted from the last one, and only if they are gray', () => {
  const rows = (...grays: (readonly number[])[]) =>
    Uint8ClampedArray.from(grays.flat().flatMap((gray) => [gray, gray, gray, 255]));
  expect(missingRows(rows([1, 2], [128, 128], [127, 129]), 2)).toBe(2);
  expect(missingRows(rows([128, 128], [128, 128], [128, 131]), 2)).toBe(0);
  expect(missingRows(rows([1, 2], [9, 128], [128, 128]), 2)).toBe(1);
  expect(missingRows(rows([128, 128], [128, 128]), 2)).toBe(2);
  expect(missingRows(rows([0, 0], [0, 0]), 2)).toBe(0);
});
