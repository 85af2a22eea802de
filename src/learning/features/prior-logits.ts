import { outputsFor } from '../../records/class.ts';
import type { MatchedClass, Prior } from '../../records/prior.ts';

/** The part of a prior that mixes the logits of known classes. */
export type PriorMixture = Pick<Prior, 'strength' | 'classes'>;

/** The different known classes of a prior, in the order in which they first stand in it. */
export function matchedClasses({ classes }: Pick<Prior, 'classes'>): MatchedClass[] {
  const first = new Map<string, MatchedClass>();
  for (const matched of classes) {
    if (matched && !first.has(matched.id)) first.set(matched.id, matched);
  }
  return [...first.values()];
}

/**
 * The matrix that turns logits of known classes into the prior's part of a model's logits.
 *
 * @param columns number of known classes in a row of logits
 * @param columnOf column of a known class in that row
 * @returns `[columns, outputs]`, row-major; 1 output for two classes, otherwise one per class
 */
export function mixture(
  { strength, classes }: PriorMixture,
  columns: number,
  columnOf: (matched: MatchedClass) => number,
): Float32Array {
  const outputs = outputsFor(classes.length);
  const matrix = new Float32Array(columns * outputs);
  classes.forEach((matched, index) => {
    if (!matched) return;
    const output = outputs === 1 ? 0 : index;
    const sign = outputs === 1 && index === 0 ? -1 : 1;
    matrix[columnOf(matched) * outputs + output]! += sign * strength;
  });
  return matrix;
}

/**
 * The `mixture` of logits that are those of the `matchedClasses`, in that order.
 *
 * @returns `[known, outputs]`, row-major
 */
export function mixtureOfMatched(prior: PriorMixture): Float32Array {
  const ids = matchedClasses(prior).map(({ id }) => id);
  return mixture(prior, ids.length, ({ id }) => ids.indexOf(id));
}

/**
 * The prior's part of the logits.
 *
 * @param known `[rows, columns]`: logits of known classes
 * @param matrix from `mixture`
 * @returns `[rows, outputs]`
 */
export function mixLogits(
  known: Float32Array,
  matrix: Float32Array,
  columns: number,
): Float32Array {
  const outputs = matrix.length / columns;
  const rows = known.length / columns;
  const mixed = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const logit = known[row * columns + column]!;
      for (let output = 0; output < outputs; output++) {
        mixed[row * outputs + output]! += logit * matrix[column * outputs + output]!;
      }
    }
  }
  return mixed;
}
