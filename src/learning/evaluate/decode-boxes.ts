import { boxOverlap, type FoundBox } from '../../records/found-box.ts';
import type { KnownBoxes } from '../../records/known-classes.ts';

/** The outputs for a picture, and where they belong. */
interface BoxOutputs {
  /**
   * `[height, width, anchors, 5]`: the encodings of a box (down, across, height, width), then the
   * logit of what is looked for.
   */
  readonly values: ArrayLike<number>;
  /** Places of the feature map. */
  readonly height: number;
  readonly width: number;
  /** Side of the input in pixels. */
  readonly side: number;
}

/**
 * A box counts from this score on: a logit of -2. On the benchmark's photos with animals of a third of
 * the picture's height, nine in ten have such a box, and nearly always on the animal (docs/learning.md).
 */
export const MIN_SCORE = 1 / (1 + Math.exp(2));

/** Of two boxes that overlap more than this (intersection over union), the surer one is kept. */
const MAX_IOU = 0.5;

/**
 * Turns the outputs of a detector into boxes, as TensorFlow's Object Detection API does: each is
 * its anchor, moved by multiples of its size and stretched by exponentials.
 *
 * @returns those of at least `MIN_SCORE`, cut at the edges of the picture, in no particular order
 */
export function decodeBoxes(
  { values, height, width, side }: BoxOutputs,
  { anchors, scales }: Pick<KnownBoxes, 'anchors' | 'scales'>,
): FoundBox[] {
  const boxes: FoundBox[] = [];
  for (let place = 0; place < height * width; place++) {
    const centreX = ((place % width) + 0.5) / width;
    const centreY = (Math.floor(place / width) + 0.5) / height;
    for (const [index, anchor] of anchors.entries()) {
      const at = 5 * (place * anchors.length + index);
      const score = 1 / (1 + Math.exp(-values[at + 4]!));
      if (!(score >= MIN_SCORE)) continue;
      const [anchorWidth, anchorHeight] = [anchor.width / side, anchor.height / side];
      const y = centreY + (values[at]! / scales.centre) * anchorHeight;
      const x = centreX + (values[at + 1]! / scales.centre) * anchorWidth;
      const boxHeight = Math.exp(values[at + 2]! / scales.size) * anchorHeight;
      const boxWidth = Math.exp(values[at + 3]! / scales.size) * anchorWidth;
      const box = clipBox(x - boxWidth / 2, y - boxHeight / 2, boxWidth, boxHeight);
      if (box) boxes.push({ ...box, score });
    }
  }
  return boxes;
}

/**
 * Non-maximum suppression: the surest box of each group that overlap much.
 *
 * @returns the surest first
 */
export function nonMaxSuppression(boxes: readonly FoundBox[]): FoundBox[] {
  const kept: FoundBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    if (kept.every((other) => boxOverlap(box, other) <= MAX_IOU)) kept.push(box);
  }
  return kept;
}

/** What of a box is within the picture; undefined if nothing is, or it is no box of finite size. */
function clipBox(
  left: number,
  top: number,
  width: number,
  height: number,
): Omit<FoundBox, 'score'> | undefined {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const [right, bottom] = [Math.min(1, left + width), Math.min(1, top + height)];
  const isBox = right > x && bottom > y;
  return isBox ? { x, y, width: right - x, height: bottom - y } : undefined;
}
