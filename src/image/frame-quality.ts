import { drawSquare, type Picture } from './draw-square.ts';

/** Side of the gray square that is judged, in pixels: about what the model sees of a frame. */
export const QUALITY_SIZE = 160;

/** What can be said of a picture without knowing what it shows. */
export interface FrameQuality {
  /** The 90th percentile of its gray levels, 0 to 255: how bright its brighter parts are. */
  readonly brightness: number;
  /** The 99th percentile: what is low even here is as good as black. */
  readonly brightest: number;
  /** 0 for sharp to 1 for blurred. */
  readonly blur: number;
  /** Share of the picture that has any detail, 0 to 1. */
  readonly detail: number;
}

/** The centre square of a picture in gray, `[160, 160]`, 0 to 255 a pixel (ITU-R BT.601 luma). */
export function graySquare(picture: Picture): Uint8Array {
  const canvas = drawSquare(picture, QUALITY_SIZE);
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, QUALITY_SIZE, QUALITY_SIZE);
  const gray = new Uint8Array(QUALITY_SIZE * QUALITY_SIZE);
  for (let i = 0, at = 0; i < gray.length; i++, at += 4) {
    gray[i] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! + 0.5;
  }
  return gray;
}

/** @param gray of graySquare */
export function frameQuality(gray: Uint8Array): FrameQuality {
  const [brightness, brightest] = percentiles(gray, [0.9, 0.99]);
  return { brightness: brightness!, brightest: brightest!, blur: blur(gray), detail: detail(gray) };
}

function percentiles(gray: Uint8Array, shares: readonly number[]): number[] {
  const histogram = new Uint32Array(256);
  for (const level of gray) histogram[level]!++;
  return shares.map((share) => {
    let level = 0;
    let below = histogram[0]!;
    while (below < share * gray.length && level < 255) below += histogram[++level]!;
    return level;
  });
}

/** Half the width of the low-pass filter, in pixels. */
const RADIUS = 4;

/**
 * How little of its detail a picture loses when it is blurred once more, along rows or columns,
 * whichever loses less. Source: Crété-Roffet et al., "The Blur Effect: Perception and Estimation
 * with a New No-Reference Perceptual Blur Metric" (2007).
 */
function blur(gray: Uint8Array): number {
  return Math.max(blurAlong(gray, 1, QUALITY_SIZE), blurAlong(gray, QUALITY_SIZE, 1));
}

function blurAlong(gray: Uint8Array, step: number, nextLine: number): number {
  const sums = new Int32Array(QUALITY_SIZE + 1);
  let differences = 0;
  let lost = 0;
  for (let line = 0; line < QUALITY_SIZE; line++) {
    const start = line * nextLine;
    for (let i = 0; i < QUALITY_SIZE; i++) sums[i + 1] = sums[i]! + gray[start + i * step]!;
    let before = 0;
    for (let i = 0; i < QUALITY_SIZE; i++) {
      const from = Math.max(0, i - RADIUS);
      const to = Math.min(QUALITY_SIZE, i + RADIUS + 1);
      const mean = (sums[to]! - sums[from]!) / (to - from);
      if (i > 0) {
        const at = start + i * step;
        const difference = Math.abs(gray[at]! - gray[at - step]!);
        differences += difference;
        lost += Math.max(0, difference - Math.abs(mean - before));
      }
      before = mean;
    }
  }
  // Where nothing differs, as across bars, nothing can be blurred.
  return differences === 0 ? 0 : 1 - lost / differences;
}

const CELLS = 16;
/** A cell has detail from this mean gradient on, in gray levels over two pixels both ways. */
const DETAIL = 3;

/** The share of 16 by 16 cells in which the gray level changes more than a plain surface's. */
function detail(gray: Uint8Array): number {
  const side = QUALITY_SIZE / CELLS;
  let count = 0;
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const left = (cell % CELLS) * side;
    const top = Math.floor(cell / CELLS) * side;
    let sum = 0;
    for (let y = top + 1; y < top + side - 1; y++) {
      for (let x = left + 1; x < left + side - 1; x++) {
        const at = y * QUALITY_SIZE + x;
        const across = gray[at + 1]! - gray[at - 1]!;
        const down = gray[at + QUALITY_SIZE]! - gray[at - QUALITY_SIZE]!;
        sum += Math.abs(across) + Math.abs(down);
      }
    }
    if (sum > DETAIL * (side - 2) ** 2) count++;
  }
  return count / (CELLS * CELLS);
}
