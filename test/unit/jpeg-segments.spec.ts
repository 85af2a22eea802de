import { expect, test } from '@playwright/test';
import {
  hasEnd,
  jpegFrame,
  jpegSegments,
  repairedJpeg,
} from '../../src/photos/import/headers/jpeg-segments.ts';
import { concatenated, jpegBytes, segment } from '../fixtures/jpeg-bytes.ts';

/** What cameras, messengers and broken cards make of a JPEG, and what is still read of it. */

const WHOLE = jpegBytes(400, 300, (row) => [row, 255 - row]);
const SEGMENTS = [...jpegSegments(WHOLE)];
/** The first segment of the whole picture, and the one behind it. */
const [FIRST, SECOND] = [SEGMENTS[0]!, SEGMENTS[1]!];

function withBytes(at: number, bytes: readonly number[] | Uint8Array): Uint8Array {
  return concatenated([WHOLE.subarray(0, at), Uint8Array.from(bytes), WHOLE.subarray(at)]);
}

const THUMBNAIL = jpegBytes(160, 120);

for (const [what, bytes] of Object.entries({
  'as it should be': WHOLE,
  'stray bytes between segments': withBytes(SECOND.at, [10, 10, 0, 10]),
  'stray bytes with the form of markers': withBytes(SECOND.at, [0xff, 0, 0xff, 0xff, 0, 1]),
  'fill bytes before a marker': withBytes(SECOND.at, [0xff, 0xff, 0xff]),
  'a segment that is longer than it says': withBytes(
    SECOND.at,
    [...segment(0xe5, [1, 2])].concat([3, 4, 5, 6]),
  ),
  'a segment whose length leads past the frame': withBytes(FIRST.at, [0xff, 0xe1, 1, 0, 7, 7]),
  'a segment whose length leads past the end': withBytes(FIRST.at, [0xff, 0xe1, 255, 255, 7]),
  'a length of zero': withBytes(SECOND.at, [0xff, 0xe5, 0, 0]),
  'a marker that does not exist': withBytes(SECOND.at, segment(0x20, [1, 2, 3])),
  'a thumbnail in a segment with a wrong length': withBytes(FIRST.at, [
    ...[0xff, 0xe1, 255, 255, 0x45, 0x78],
    ...THUMBNAIL.subarray(0, 230),
  ]),
  'no end': WHOLE.subarray(0, -2),
  'zeros in place of the last quarter': concatenated([
    WHOLE.subarray(0, (WHOLE.length * 3) / 4),
    new Uint8Array(WHOLE.length / 4),
  ]),
})) {
  test(`${what}: the frame is found, and a repaired picture has only what is needed`, () => {
    expect(jpegFrame(bytes)).toEqual({ width: 400, height: 300, isProgressive: false });
    const repaired = repairedJpeg(bytes)!;
    expect([...repaired.subarray(-2)]).toEqual([0xff, 0xd9]);
    const markers = [...jpegSegments(repaired)].map(({ marker }) => marker);
    expect(markers).toEqual(SEGMENTS.map(({ marker }) => marker));
    expect(jpegFrame(repaired)).toEqual(jpegFrame(WHOLE));
  });
}

test('the end is missing where the data stop, whatever stands in a thumbnail or behind the end', () => {
  const exif = segment(0xe1, [...THUMBNAIL]);
  expect(hasEnd(WHOLE)).toBe(true);
  expect(hasEnd(concatenated([WHOLE, new Uint8Array(500)]))).toBe(true);
  expect(hasEnd(withBytes(FIRST.at, exif).subarray(0, -2))).toBe(false);
  expect(hasEnd(WHOLE.subarray(0, -1))).toBe(false);
});

test('what has no frame or no picture data cannot be repaired', () => {
  const scan = SEGMENTS.at(-1)!;
  for (const bytes of [WHOLE.subarray(0, scan.at), WHOLE.subarray(0, 2), new Uint8Array(0)]) {
    expect(repairedJpeg(bytes)).toBeUndefined();
  }
  expect(jpegFrame(WHOLE.subarray(0, SECOND.at))).toBeUndefined();
});

test('any cut and any changed byte ends without a throw', () => {
  for (let at = 0; at < 400; at++) {
    const changed = WHOLE.slice();
    changed[at] = at % 2 ? 0xff : 0;
    for (const bytes of [WHOLE.subarray(0, at), changed]) {
      expect(() => [jpegFrame(bytes), hasEnd(bytes), repairedJpeg(bytes)]).not.toThrow();
    }
  }
});
