import { boxOverlap, type FoundBox } from '../../records/found-box.ts';
import { smooth } from './smoothing.ts';

/** Where the animal is, steady enough to be drawn around it. */
export interface SteadyFrame {
  /** Absent if nothing is found. */
  readonly box?: FoundBox;
  /** Milliseconds since the box was found. */
  readonly age: number;
}

/** How long a box stays that is not found any more, in milliseconds: single pictures miss it. */
const KEPT_MS = 500;

/** From this intersection over union on, two boxes are of the same animal. */
const SAME = 0.3;

/** Another animal takes the frame over only if the base is so many times surer of it. */
const SURER = 2;

/**
 * Follows an animal from one picture to the next. Its box moves smoothly; the frame jumps only to
 * another animal.
 *
 * @param before the frame so far; undefined to start anew
 * @param boxes found in the new picture, the surest first
 * @param elapsed milliseconds since the picture before
 */
export function steadyFrame(
  before: SteadyFrame | undefined,
  boxes: readonly FoundBox[],
  elapsed: number,
): SteadyFrame {
  const [surest] = boxes;
  const last = before?.box;
  if (!surest) {
    const age = (before?.age ?? 0) + elapsed;
    return last && age < KEPT_MS ? { box: last, age } : { age };
  }
  if (!last) return { box: surest, age: 0 };
  const same = boxes.find((box) => boxOverlap(box, last) >= SAME);
  const box = same && surest.score < SURER * same.score ? same : surest;
  if (box !== same) return { box, age: 0 };
  const sides = ({ x, y, width, height }: FoundBox) => [x, y, width, height];
  const [x, y, width, height] = smooth(sides(last), sides(box), elapsed);
  return { box: { x: x!, y: y!, width: width!, height: height!, score: box.score }, age: 0 };
}
