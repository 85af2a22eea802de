/** Metrics of one class against all others. */
export interface ClassMetrics {
  /** Number of photos of this class. */
  readonly support: number;
  /** Number of photos that the model predicts as this class. */
  readonly answered: number;
  /** Fraction of `answered` that is right, 0 to 1; absent if `answered` is 0. */
  readonly precision?: number;
  /** Fraction of `support` that the model finds, 0 to 1; absent if `support` is 0. */
  readonly recall?: number;
  /**
   * Harmonic mean of the two, `2 right / (support + answered)`, 0 to 1; absent if both are absent.
   */
  readonly f1?: number;
}

/**
 * Precision, recall and F1 of each class.
 *
 * @param confusion the confusion matrix, `confusion[truth][prediction]`, in numbers of photos
 * @returns one element per class, in the same order
 * @throws RangeError if the matrix is not square
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
