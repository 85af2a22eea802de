/** Size of the drawing in SVG user units; the element stretches it to its own size. */
export const CHART_WIDTH = 100;
export const CHART_HEIGHT = 100;

/** The values at the lower and the upper edge of a chart. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * The x coordinate of a value, 0 to `CHART_WIDTH`. A single value is at the left edge.
 *
 * @param index from 0
 * @param count number of positions on the x axis
 */
export function chartX(index: number, count: number): number {
  return count > 1 ? (index / (count - 1)) * CHART_WIDTH : 0;
}

/** Maximum number of labels that fit under the x axis on a phone. */
const MAX_TICKS = 6;

/** The steps to label on the x axis: the first, and round numbers up to `steps`. */
export function stepTicks(steps: number): number[] {
  if (steps < 1) return [];
  const every = [1, 2, 5, 10, 20, 25, 50, 100].find((each) => steps / each < MAX_TICKS) ?? 250;
  const round = Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every);
  return [...new Set([1, ...round.filter((step) => step > every / 2)])];
}

/** The side of a vertical line on which its label fits into the drawing. */
export function markSide(x: number): 'before' | 'after' {
  return x > 0.6 * CHART_WIDTH ? 'before' : 'after';
}

/** The y coordinate of a value, 0 (top) to `CHART_HEIGHT`. Values outside the range are clamped. */
export function chartY(value: number, { low, high }: Range): number {
  const fraction = high > low ? (value - low) / (high - low) : 0;
  return (1 - Math.min(1, Math.max(0, fraction))) * CHART_HEIGHT;
}

/**
 * An SVG path through the values. A missing or non-finite value breaks the line.
 *
 * @param count number of positions on the x axis, if more values will follow
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

/**
 * Range for accuracies, 0 to 1; it starts at 0.5 if no value is lower, to show small differences.
 */
export function accuracyRange(values: readonly (number | undefined)[]): Range {
  return { low: values.every((value) => value === undefined || value >= 0.5) ? 0.5 : 0, high: 1 };
}

/** Range for losses: from 0 to the next round number above the largest finite value. */
export function lossRange(values: readonly (number | undefined)[]): Range {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value));
  const largest = Math.max(0, ...(finite as number[]));
  return { low: 0, high: niceAbove(largest) };
}

/**
 * The smallest of 1, 2, 5 or 10 times a power of ten that is at least `value`; 1 if that is not
 * positive.
 */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((step) => step * power >= value) ?? 10;
  return factor * power;
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
