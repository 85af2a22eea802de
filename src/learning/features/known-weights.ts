import { fromFloat16 } from '../../platform/float16.ts';
import type { MatchedClass } from '../../records/prior.ts';
import type { KnownClasses } from '../../records/known-classes.ts';
import type { BaseForHead } from '../../records/phone-model.ts';

/**
 * Picks the outputs of some known classes from the file of a base, see `KnownClasses.file`.
 *
 * @param matched in the order in which they first stand in the prior
 * @throws RangeError if the file has another size, or a class is not in it
 */
export function knownWeights(
  { classes, anchors }: Pick<KnownClasses, 'classes' | 'anchors'>,
  featureLength: number,
  file: ArrayBuffer,
  matched: readonly MatchedClass[],
): NonNullable<BaseForHead['known']> {
  const outputs = classes.length * anchors;
  if (file.byteLength !== 2 * outputs * (featureLength + 1)) {
    throw new RangeError(`${file.byteLength} bytes are no predictor of ${outputs} outputs`);
  }
  const strange = matched.find(({ id, index }) => classes[index]?.id !== id);
  if (strange) throw new RangeError(`The base knows no ${strange.id} at ${strange.index}`);
  const values = fromFloat16(new Uint16Array(file));
  const rows = matched.flatMap(({ index }) =>
    Array.from({ length: anchors }, (_, anchor) => index * anchors + anchor),
  );
  const kernel = new Float32Array(featureLength * rows.length);
  rows.forEach((row, column) => {
    for (let i = 0; i < featureLength; i++) {
      kernel[i * rows.length + column] = values[row * featureLength + i]!;
    }
  });
  const bias = Float32Array.from(rows, (row) => values[outputs * featureLength + row]!);
  return { kernel, bias };
}
