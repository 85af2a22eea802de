import { drawSquare, type Picture } from './draw-square.ts';

/**
 * Width and height of the gray square that is measured, in pixels; similar to the model's input.
 */
export const QUALITY_SIZE = 160;

/** Quality of a picture, independent of its subject. */
export interface FrameQuality {
  /** The 90th percentile of the gray levels, 0 to 255: how bright the brighter parts are. */
  readonly brightness: number;
  /**
   * The 99th percentile of the gray levels, 0 to 255; a low value means that the picture is black.
   */
  readonly brightest: number;
  /** 0 (sharp) to 1 (blurred). */
  readonly blur: number;
  /** Fraction of the picture that has detail, 0 to 1. */
  readonly detail: number;
}

/**
 * The centre square of a picture in gray, `[160, 160]`, with levels 0 to 255 (ITU-R BT.601 luma).
 */
export function graySquare(picture: Picture): Uint8Array {
  const canvas = drawSquare(picture, QUALITY_SIZE);
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, QUALITY_SIZE, QUALITY_SIZE);
  const gray = new Uint8Array(QUALITY_SIZE * QUALITY_SIZE);
  for (let i = 0, at = 0; i < gray.length; i++, at += 4) {
    gray[i] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! + 0.5;
  }
  return gray;
}

/** Measures the quality of a picture. @param gray `[160, 160]`, from `graySquare` */
export function frameQuality(gray: Uint8Array): FrameQuality {
  const [brightness, brightest] = percentiles(gray, [0.9, 0.99]);
  return { brightness: brightness!, brightest: brightest!, blur: blur(gray), detail: detail(gray) };
}

function percentiles(gray: Uint8Array, fractions: readonly number[]): number[] {
  const histogram = new Uint32Array(256);
  for (const level of gray) histogram[level]!++;
  return fractions.map((fraction) => {
    let level = 0;
    let below = histogram[0]!;
    while (below < fraction * gray.length && level < 255) below += histogram[++level]!;
    return level;
  });
}

/** Radius of the low-pass filter in pixels. */
const RADIUS = 4;

/**
 * The blur of a picture, 0 to 1: the less detail it loses when it is blurred again, the more
 * blurred it is. The maximum of rows and columns. Source: Crété-Roffet et al., "The Blur Effect:
 * Perception and Estimation with a New No-Reference Perceptual Blur Metric" (2007).
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
  // Without any differences, as along the bars of a pattern, there is nothing to be blurred.
  return differences === 0 ? 0 : 1 - lost / differences;
}

/** Number of cells per row and per column. */
const CELLS = 16;
/** Mean gradient from which on a cell has detail, in gray levels over two pixels in x plus in y. */
const DETAIL = 3;

/** The fraction of the 16 × 16 cells that change more than a plain surface, 0 to 1. */
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
