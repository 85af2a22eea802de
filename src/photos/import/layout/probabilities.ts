type Row = readonly string[];

/** A number as tables write it, with a fraction or without: "0.25", ".25", "1.", "2.5e-3". */
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
/** How far a row of rounded probabilities may be from 1 in all. */
const ROUNDED = 0.05;

/** The number that a cell is; NaN for a text and for an empty cell. */
function numberIn(cell: string): number {
  return NUMBER.test(cell) ? Number(cell) : NaN;
}

/** Whether cells are numbers, some of which are no whole ones: a measure, and no label. */
export function isMeasure(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => cell !== '').map(numberIn);
  return numbers.every((one) => !Number.isNaN(one)) && !numbers.every(Number.isInteger);
}

/**
 * Whether a table gives each of its names a probability for each class, or for one, as models answer
 * and as contests have their answers handed in. Zeros and ones alone are marks, and those are labels.
 *
 * @param rows with a first row of headers; the names are in the first column
 */
export function holdsProbabilities(rows: readonly Row[]): boolean {
  const [header = [], ...body] = rows;
  const width = header.length;
  if (width < 2 || body.length < 2 || body.some((row) => row.length !== width)) return false;
  if (header.slice(1).some((title) => !Number.isNaN(numberIn(title)))) return false;
  let isMarked = true;
  for (const [, ...cells] of body) {
    const numbers = cells.map(numberIn);
    if (!numbers.every((one) => one >= 0 && one <= 1)) return false;
    const sum = numbers.reduce((all, one) => all + one, 0);
    if (width > 2 && Math.abs(sum - 1) > ROUNDED) return false;
    isMarked &&= numbers.every(Number.isInteger);
  }
  return !isMarked;
}
