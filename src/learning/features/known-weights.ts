import type { MatchedClass } from '../../records/prior.ts';
import type { KnownClasses } from '../../records/known-classes.ts';
import type { BaseForHead } from '../../records/phone-model.ts';
import { chosenClasses, readKnown } from './known-readout.ts';

/**
 * Picks the outputs of some known classes from the file of a base, see `KnownClasses.file`.
 *
 * @param matched in the order in which they first stand in the prior
 * @throws RangeError if the file has another size, or a class is not in it
 */
export function knownWeights(
  knows: Pick<KnownClasses, 'classes' | 'anchors' | 'pooling'>,
  featureLength: number,
  file: ArrayBuffer,
  matched: readonly MatchedClass[],
): NonNullable<BaseForHead['known']> {
  const known = readKnown(knows, featureLength, file);
  const strange = matched.find(({ id, index }) => knows.classes[index]?.id !== id);
  if (strange) throw new RangeError(`The base knows no ${strange.id} at ${strange.index}`);
  const indices = matched.map(({ index }) => index);
  const { kernel, bias } = chosenClasses(known, indices);
  return { kernel, bias };
}
