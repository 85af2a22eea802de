/** The drawing is this wide and high in its own units; the page stretches it. */
export const CHART_WIDTH = 100;
export const CHART_HEIGHT = 100;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where the n-th of `count` values stands; a single value stands at the left edge. */
export function chartX(index: number, count: number): number {
  return count > 1 ? (index / (count - 1)) * CHART_WIDTH : 0;
}

/** Most steps that are named under the x axis of a phone's width. */
const MOST_TICKS = 6;

/** The steps that are named: the first, and round ones up to the last. */
export function stepTicks(steps: number): number[] {
  if (steps < 1) return [];
  const every = [1, 2, 5, 10, 20, 25, 50, 100].find((each) => steps / each < MOST_TICKS) ?? 250;
  const round = Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every);
  return [...new Set([1, ...round.filter((step) => step > every / 2)])];
}

/** On which side of a vertical line its name stands, so that it stays within the drawing. */
export function markSide(x: number): 'before' | 'after' {
  return x > 0.6 * CHART_WIDTH ? 'before' : 'after';
}

/** Where a value stands, 0 at the top; outside the range it stands on the edge. */
export function chartY(value: number, { low, high }: Range): number {
  const share = high > low ? (value - low) / (high - low) : 0;
  return (1 - Math.min(1, Math.max(0, share))) * CHART_HEIGHT;
}

/**
 * An SVG path through the values. One that is missing or not finite breaks the line.
 *
 * @param count places on the x axis, when more values are still to come
 */
export function linePath(
  values: readonly (number | undefined)[],
  range: Range,
  count: number = values.length,
): string {
  let path = '';
  let penDown = false;
  values.forEach((value, index) => {
    if (value === undefined || !Number.isFinite(value)) {
      penDown = false;
      return;
    }
    const point = `${round(chartX(index, count))} ${round(chartY(value, range))}`;
    path += penDown ? `L${point}` : `M${point}`;
    penDown = true;
  });
  return path;
}

/** Accuracies: from one half up when all of them are there, so that the last per cents show. */
export function accuracyRange(values: readonly (number | undefined)[]): Range {
  return { low: values.every((value) => value === undefined || value >= 0.5) ? 0.5 : 0, high: 1 };
}

/** Losses: from 0 to the next round number above the largest. */
export function lossRange(values: readonly (number | undefined)[]): Range {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value));
  const largest = Math.max(0, ...(finite as number[]));
  return { low: 0, high: niceAbove(largest) };
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `value`; 1 for none. */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((step) => step * power >= value) ?? 10;
  return factor * power;
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
