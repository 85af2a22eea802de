import { expect, test } from '@playwright/test';
import { heifPicture } from '../../src/photos/import/headers/heif-picture.ts';
import { av1Codec, hevcCodec } from '../../src/photos/import/headers/video-codec.ts';
import { AV1_CODING, heifBytes } from '../fixtures/heif-bytes.ts';

const TILES = [1, 2, 3, 4, 5, 6].map((value) => Uint8Array.of(value, value, value));
/** As phones write a photo: more tiles than the picture fills. */
const GRID = { columns: 3, rows: 2, width: 1400, height: 900, tile: 512, tiles: TILES };

/** The record of a photo of an iPhone: main still picture, which is also of the main profile. */
const HVCC = [1, 3, 0x70, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 90, 0xf0, 0, 0xfc];

test('a grid of HEVC tiles: each with its place, and how the picture is turned', () => {
  const coding = { item: 'hvc1', box: 'hvcC', content: HVCC };
  const picture = heifPicture(heifBytes({ ...GRID, coding, rotation: 3 }));
  expect(picture).toMatchObject({
    codec: 'hvc1.1.E.L90.B0',
    description: Uint8Array.from(HVCC),
    width: 1400,
    height: 900,
    tile: { width: 512, height: 512 },
    turns: [6],
  });
  expect(picture!.tiles.map(({ x, y, data }) => [x, y, ...data])).toEqual([
    [0, 0, 1, 1, 1],
    [512, 0, 2, 2, 2],
    [1024, 0, 3, 3, 3],
    [0, 512, 4, 4, 4],
    [512, 512, 5, 5, 5],
    [1024, 512, 6, 6, 6],
  ]);
});

test('a grid that does not fill the picture, or has another number of tiles, is damaged', () => {
  const whole = { ...GRID, coding: AV1_CODING };
  expect(heifPicture(heifBytes(whole))).toBeDefined();
  expect(heifPicture(heifBytes({ ...whole, width: 1600 }))).toBeUndefined();
  expect(heifPicture(heifBytes({ ...whole, rows: 3 }))).toBeUndefined();
  expect(heifPicture(heifBytes({ ...whole, tiles: [] }))).toBeUndefined();
  const other = { item: 'jpeg', box: 'jpgC', content: [0] };
  expect(heifPicture(heifBytes({ ...whole, coding: other }))).toBeUndefined();
});

test('any cut and any changed byte ends without a throw', () => {
  const bytes = heifBytes({ ...GRID, coding: AV1_CODING });
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = 0xff;
    expect(() => [heifPicture(bytes.subarray(0, at)), heifPicture(changed)]).not.toThrow();
  }
});

test('codecs are named as WebCodecs names them', () => {
  expect(hevcCodec(Uint8Array.from(HVCC))).toBe('hvc1.1.E.L90.B0');
  const tenBits = Uint8Array.of(1, 0x22, 0x20, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 120);
  expect(hevcCodec(tenBits)).toBe('hvc1.2.4.H120.90');
  expect(av1Codec(Uint8Array.of(0x81, 0x04, 0x0c, 0))).toBe('av01.0.04M.08');
  expect(av1Codec(Uint8Array.of(0x81, 0x2d, 0xc0, 0))).toBe('av01.1.13H.10');
});
