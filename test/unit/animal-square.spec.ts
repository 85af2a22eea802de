import { expect, test } from '@playwright/test';
import { animalSquare, isCentreEnough } from '../../src/image/animal-square.ts';
import { coveringSquares, isWidePicture } from '../../src/image/covering-squares.ts';
import type { FoundBox } from '../../src/records/found-box.ts';
import { Random } from '../../src/platform/random.ts';

const WIDE = { width: 1600, height: 900 };
const TALL = { width: 900, height: 1600 };
const CENTRE = { x: 350, y: 0, side: 900 };

/** A box in pixels of a picture. */
const box = (
  { width, height }: { width: number; height: number },
  [x, y, w, h]: readonly [number, number, number, number],
  score = 0.9,
): FoundBox => ({ x: x / width, y: y / height, width: w / width, height: h / height, score });

test('a picture in which nothing is found keeps its centre square', () => {
  expect(animalSquare(WIDE, [])).toEqual(CENTRE);
});

test('a large animal moves the square only as far as it needs', () => {
  // In the centre square already, or half of it.
  expect(animalSquare(WIDE, [box(WIDE, [400, 100, 700, 700])])).toEqual(CENTRE);
  expect(animalSquare(WIDE, [box(WIDE, [900, 100, 700, 700])])).toEqual(CENTRE);
  // To the right, until it is in the square with a margin of 4 %.
  expect(animalSquare(WIDE, [box(WIDE, [960, 100, 600, 700])])).toEqual({
    x: 960 + 600 + 36 - 900,
    y: 0,
    side: 900,
  });
  expect(animalSquare(WIDE, [box(WIDE, [0, 100, 660, 700])]).x).toBe(0);
  // Larger than the square: the middle of it.
  const panorama = { width: 3000, height: 900 };
  expect(animalSquare(panorama, [box(panorama, [100, 0, 1000, 900])]).x).toBe(150);
  expect(animalSquare(TALL, [box(TALL, [100, 1000, 700, 560])])).toEqual({
    x: 0,
    y: 1000 + 560 + 36 - 900,
    side: 900,
  });
});

test('a small animal tightens the square around it, within the picture', () => {
  const square = animalSquare(WIDE, [box(WIDE, [1300, 300, 300, 250])]);
  expect(square.side).toBe(420);
  expect(square).toEqual({ x: 1180, y: 215, side: 420 });
  // Never below what a photo can be learned from, and never beyond the picture's shorter side.
  expect(animalSquare(WIDE, [box(WIDE, [20, 20, 30, 30])])).toEqual({ x: 0, y: 0, side: 160 });
  const small = { width: 200, height: 150 };
  expect(animalSquare(small, [box(small, [20, 20, 30, 30])]).side).toBe(150);
});

test('a small animal that the base is not sure of moves the square, and no more', () => {
  const square = animalSquare(WIDE, [box(WIDE, [1150, 300, 300, 250], 0.2)]);
  expect(square).toEqual({ x: 1150 + 300 + 36 - 900, y: 0, side: 900 });
});

test('the surest box decides', () => {
  const boxes = [box(WIDE, [1300, 300, 300, 250], 0.8), box(WIDE, [0, 0, 300, 300], 0.3)];
  expect(animalSquare(WIDE, boxes)).toEqual(animalSquare(WIDE, boxes.slice(0, 1)));
});

test('any box gives a square of whole pixels within the picture', () => {
  const random = new Random(11);
  for (let i = 0; i < 2000; i++) {
    const picture = {
      width: 1 + Math.floor(3000 * random.next()),
      height: 1 + Math.floor(3000 * random.next()),
    };
    const [x, y] = [random.next(), random.next()];
    const found = { x, y, width: (1 - x) * random.next(), height: (1 - y) * random.next() };
    const { x: left, y: top, side } = animalSquare(picture, [{ ...found, score: 0.5 }]);
    const isWhole = [left, top, side].every(Number.isInteger);
    const isWithin = Math.min(left, top) >= 0 && left + side <= picture.width;
    if (isWhole && isWithin && top + side <= picture.height && side > 0) continue;
    throw new Error(JSON.stringify({ picture, found, left, top, side }));
  }
});

test('the centre square is enough only if nothing outside it changes the square', () => {
  // Large, in the middle, at one edge, at both.
  const large = { y: 0.1, height: 0.8, score: 0.2 };
  const PHOTO = { width: 400, height: 300 };
  expect(isCentreEnough(PHOTO, { ...large, x: 0.2, width: 0.6 })).toBe(true);
  expect(isCentreEnough(PHOTO, { ...large, x: 0, width: 0.6 })).toBe(true);
  expect(isCentreEnough(PHOTO, { ...large, x: 0, width: 1 })).toBe(true);
  // There is room for another one, and this one is not sure.
  expect(isCentreEnough(WIDE, { ...large, x: 0.2, width: 0.6 })).toBe(false);
  expect(isCentreEnough(WIDE, { ...large, x: 0.2, width: 0.6, score: 0.5 })).toBe(true);
  // Most of it may be outside.
  expect(isCentreEnough(PHOTO, { ...large, x: 0, width: 0.1 })).toBe(false);
  expect(isCentreEnough({ width: 1200, height: 300 }, { ...large, x: 0, width: 0.6 })).toBe(false);
  // Small: it has to be sure, and whole.
  const small = { y: 0.4, height: 0.3, x: 0.4, width: 0.2 };
  expect(isCentreEnough(PHOTO, { ...small, score: 0.2 })).toBe(false);
  expect(isCentreEnough(PHOTO, { ...small, score: 0.6 })).toBe(true);
  expect(isCentreEnough(PHOTO, { ...small, x: 0.79, score: 0.6 })).toBe(false);
  const random = new Random(3);
  let enough = 0;
  for (let i = 0; i < 2000; i++) {
    const across = random.next() < 0.5;
    const [longer, side] = [1200 + Math.floor(1800 * random.next()), 1000];
    const picture = across ? { width: longer, height: side } : { width: side, height: longer };
    const [from, other] = [random.next(), random.next()];
    const [length, thickness] = [(1 - from) * random.next(), (1 - other) * random.next()];
    const whole = across
      ? { x: from, width: length, y: other, height: thickness }
      : { y: from, height: length, x: other, width: thickness };
    const score = 0.13 + 0.87 * random.next();
    // What the centre square shows of it.
    const edge = (longer - side) / 2;
    const start = Math.max(0, from * longer - edge) / side;
    const shown = Math.min(side, (from + length) * longer - edge) / side - start;
    if (shown <= 0) continue;
    const cut = across
      ? { x: start, width: shown, y: other, height: thickness }
      : { y: start, height: shown, x: other, width: thickness };
    if (!isCentreEnough(picture, { ...cut, score })) continue;
    enough++;
    const inPicture = across
      ? { ...cut, x: (edge + start * side) / longer, width: (shown * side) / longer }
      : { ...cut, y: (edge + start * side) / longer, height: (shown * side) / longer };
    expect(animalSquare(picture, [{ ...whole, score }])).toEqual(
      animalSquare(picture, [{ ...inPicture, score }]),
    );
  }
  expect(enough).toBeGreaterThan(200);
});

test('squares cover a picture from edge to edge, and overlap', () => {
  expect(coveringSquares({ width: 500, height: 500 })).toEqual([{ x: 0, y: 0, side: 500 }]);
  expect(coveringSquares({ width: 550, height: 500 })).toEqual([{ x: 25, y: 0, side: 500 }]);
  expect(coveringSquares({ width: 1000, height: 750 })).toEqual([
    { x: 0, y: 0, side: 750 },
    { x: 250, y: 0, side: 750 },
  ]);
  expect(coveringSquares(TALL)).toEqual([
    { x: 0, y: 0, side: 900 },
    { x: 0, y: 700, side: 900 },
  ]);
  const panorama = coveringSquares({ width: 8000, height: 1500 });
  expect(panorama[0]!.x).toBe(0);
  expect(panorama.at(-1)!.x).toBe(6500);
  panorama.slice(1).forEach(({ x }, i) => expect(x - panorama[i]!.x).toBeLessThan(1500));
  // Of a strip, no more is looked at.
  expect(coveringSquares({ width: 100_000, height: 100 })).toHaveLength(8);
});

test('a picture is wide if its centre square leaves much of it out', () => {
  expect(isWidePicture({ width: 400, height: 300 })).toBe(true);
  expect(isWidePicture({ width: 300, height: 400 })).toBe(true);
  expect(isWidePicture({ width: 320, height: 300 })).toBe(false);
});
