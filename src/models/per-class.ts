/** How well one class is told from the others. */
export interface ClassMetrics {
  /** Photos that are of this class. */
  readonly support: number;
  /** Photos that the model called so. */
  readonly answered: number;
  /** Share of `answered` that is right; absent when the model never called a photo so. */
  readonly precision?: number;
  /** Share of `support` that the model found; absent when there is no photo of the class. */
  readonly recall?: number;
  /** Harmonic mean of the two, `2 right / (support + answered)`; absent when both are absent. */
  readonly f1?: number;
}

/**
 * Precision, recall and F1 of each class.
 *
 * @param confusion `confusion[truth][answer]`, a count of photos
 * @returns one for each class, in the same order
 * @throws RangeError when the matrix is not square
 */
export function perClass(confusion: readonly (readonly number[])[]): ClassMetrics[] {
  const classes = confusion.length;
  if (confusion.some((row) => row.length !== classes)) {
    throw new RangeError('A confusion matrix is square');
  }
  return confusion.map((row, c) => {
    const right = row[c]!;
    const support = row.reduce((sum, count) => sum + count, 0);
    const answered = confusion.reduce((sum, other) => sum + other[c]!, 0);
    return {
      support,
      answered,
      ...(answered > 0 && { precision: right / answered }),
      ...(support > 0 && { recall: right / support }),
      ...(support + answered > 0 && { f1: (2 * right) / (support + answered) }),
    };
  });
}
