/**
 * Joins matrices of the same number of rows side by side.
 *
 * @param parts each `[rows, ...]`
 * @returns `[rows, all columns]`
 */
export function joinRows(parts: readonly Float32Array[], rows: number): Float32Array {
  const widths = parts.map(({ length }) => length / rows);
  const width = widths.reduce((sum, each) => sum + each, 0);
  const joined = new Float32Array(rows * width);
  for (let row = 0, at = 0; row < rows; row++) {
    parts.forEach((part, i) => {
      joined.set(part.subarray(row * widths[i]!, (row + 1) * widths[i]!), at);
      at += widths[i]!;
    });
  }
  return joined;
}

/**
 * Some columns of a matrix.
 *
 * @param values `[rows, columns]`
 * @returns `[rows, length]`
 */
export function columnsOf(
  values: Float32Array,
  rows: number,
  { from, length }: { readonly from: number; readonly length: number },
): Float32Array<ArrayBuffer> {
  const columns = values.length / rows;
  const chosen = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns + from;
    chosen.set(values.subarray(start, start + length), row * length);
  }
  return chosen;
}
