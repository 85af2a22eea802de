import { knownMatch } from '../../photos/known-class.ts';
import { PRESETS } from '../../records/presets.ts';
import type { ClassRecord } from '../../records/class.ts';
import type { Prior } from '../../records/prior.ts';
import type { TrainOptions } from '../../records/training.ts';
import { getSetting } from '../../storage/settings.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';

/**
 * The prior of a new head; undefined if the user or the preset does not want one, if the base has no
 * known classes, or if these do not tell the classes apart: no class has one, or all have the same.
 *
 * @param classes those that the head tells apart, in its order
 */
export async function priorOf(
  { spec, known, inputSize }: Pick<FeatureExtractor, 'spec' | 'known' | 'inputSize'>,
  classes: readonly ClassRecord[],
  { preset, prior: wanted }: TrainOptions,
): Promise<Prior | undefined> {
  const { prior } = PRESETS[preset];
  const isWanted = wanted ?? (await getSetting('usesKnownClasses')) ?? true;
  return prior && known && isWanted
    ? knowledgePrior({ spec, inputSize }, classes, prior.strengths[0]!.strength)
    : undefined;
}

/**
 * A prior of some strength on what a base knows.
 *
 * @returns undefined if that does not tell the classes apart
 */
export function knowledgePrior(
  { spec: { knows }, inputSize }: Pick<FeatureExtractor, 'spec' | 'inputSize'>,
  classes: readonly ClassRecord[],
  strength: number,
): Prior | undefined {
  if (!knows) return undefined;
  const matched = classes.map((record) => {
    const match = knownMatch(record, knows.classes);
    return match ? { id: match.known.id, index: match.index } : null;
  });
  if (new Set(matched.map((each) => each?.id)).size < 2) return undefined;
  const { anchors, pooling } = knows;
  const presentFrom = knows.present.find(({ size }) => size === inputSize)?.from;
  return {
    ...{ strength, anchors, pooling, classes: matched },
    ...(presentFrom !== undefined && { presentFrom }),
  };
}
