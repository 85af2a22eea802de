import type { FoundBox } from '../records/found-box.ts';
import { moveSquare, squareSides, type PictureSize } from './adjust-square.ts';
import { centreSquare, type SquareCrop } from './square.ts';

/** An animal is small below this fraction of the picture's shorter side. */
const SMALL = 0.6;

/**
 * The square is tightened from this score on. A square that is moved by mistake still shows most of
 * the picture; one that is tightened by mistake may lose the animal.
 */
const SURE = 0.27;

/** Side of the square around a small animal, in sides of its box. */
const AROUND = 1.4;

/** If the centre square shows this fraction of a box or more, it stays. */
const ENOUGH = 0.5;

/**
 * Room on each side of the centre square, in sides of it, that is too narrow for a large animal: a
 * picture of 3 by 2 has as much.
 */
const NARROW = 0.25;

/** Fraction of the square's side that stays free beside an animal, if there is room. */
const MARGIN = 0.04;

/**
 * The square of a picture that shows its animal. It is moved from the centre only if that cuts the
 * animal off, and only as far as it needs; it is tightened only around a small one. An animal that
 * fills the picture is best seen whole, with what is around it (docs/learning.md).
 *
 * @param boxes where animals are, the surest first; the first decides
 * @returns whole pixels within the picture; the centre square if there is no box
 */
export function animalSquare(picture: PictureSize, boxes: readonly FoundBox[]): SquareCrop {
  const [box] = boxes;
  const { width, height } = picture;
  const centred = centreSquare(width, height);
  if (!box) return centred;
  const across = { from: box.x * width, length: box.width * width };
  const down = { from: box.y * height, length: box.height * height };
  const longer = Math.max(across.length, down.length);
  const { least, most } = squareSides(picture);
  if (longer < SMALL * most && box.score >= SURE) {
    const side = Math.round(Math.min(most, Math.max(least, AROUND * longer)));
    const [x, y] = [across, down].map(({ from, length }) => from + (length - side) / 2);
    return moveSquare({ x: 0, y: 0, side }, x!, y!, picture);
  }
  const shown = shownPart(across, centred.x, most) * shownPart(down, centred.y, most);
  if (shown >= ENOUGH) return centred;
  return moveSquare(
    centred,
    distanceToShow(across, centred.x, most),
    distanceToShow(down, centred.y, most),
    picture,
  );
}

/**
 * Whether the box in the centre square is enough to choose the crop: true for a small animal that is
 * entirely inside it, and for a large one of which at least half is inside, however far it continues
 * outside. A low score counts only for a large animal, and only if the picture has no room for a
 * larger one beside it.
 *
 * @param picture larger than its centre square
 * @param box the surest box in the centre square, in fractions of it
 */
export function isCentreEnough({ width, height }: PictureSize, box: FoundBox): boolean {
  const [from, length] = width > height ? [box.x, box.width] : [box.y, box.height];
  const cutSides = Number(from < MARGIN) + Number(from + length > 1 - MARGIN);
  const isSmall = Math.max(box.width, box.height) < SMALL;
  const outside = (Math.max(width, height) / Math.min(width, height) - 1) / 2;
  if (box.score < SURE && (isSmall || outside > NARROW)) return false;
  if (isSmall) return cutSides === 0;
  return length / (length + cutSides * outside) >= ENOUGH;
}

/** A stretch of the picture along one axis, in pixels. */
interface Stretch {
  readonly from: number;
  readonly length: number;
}

/** The part of a stretch that a square of `side` at `at` shows, 0 to 1. */
function shownPart({ from, length }: Stretch, at: number, side: number): number {
  const shown = Math.min(from + length, at + side) - Math.max(from, at);
  return length > 0 ? Math.max(0, shown) / length : 1;
}

/** How far a square of `side` at `at` has to move so that a stretch is in it, or its middle. */
function distanceToShow({ from, length }: Stretch, at: number, side: number): number {
  const free = MARGIN * side;
  const [first, last] = [from - free, from + length + free];
  if (last - first > side) return (first + last - side) / 2 - at;
  if (first < at) return first - at;
  return Math.max(0, last - side - at);
}
