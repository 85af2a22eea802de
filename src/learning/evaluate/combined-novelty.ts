import type { Prior } from '../../records/prior.ts';

/** Weight of the known-class score in the combined score, 0 to 1; the distance has the rest. */
export const KNOWN_WEIGHT = 0.25;
/**
 * The two scores seldom err together, so their mean calls fewer photos of known classes unfamiliar
 * than either does. This factor uses a part of that to find more pictures of something else.
 */
export const STRICTNESS = 1.1;

type PresencePrior = Prior & Required<Pick<Prior, 'presentFrom'>>;

/**
 * Whether a prior can say that a picture shows none of the classes: each class has a known class,
 * and the base says from which logit on one is present.
 */
export function canDetectUnknown(prior: Prior): prior is PresencePrior {
  return prior.presentFrom !== undefined && !prior.classes.includes(null);
}

/**
 * The known-class score, how little a picture shows of the known classes: 1 where the strongest of
 * them is just present, above 1 where none is.
 *
 * @param known `[matchedClasses]`: their logits, of any value, at least one
 * @returns above 0
 */
function absence(known: ArrayLike<number>, { presentFrom }: PresencePrior): number {
  return Math.exp(presentFrom - Math.max(...Array.from(known)));
}

/**
 * Combined novelty score: the weighted geometric mean of the distance-based score and the known-class
 * score. On 300 test photos and 60 of neither cats nor dogs, at 224 pixels, mean of 8 draws (first the
 * pets that are called unfamiliar, then the others):
 *
 * | photos per class | photos alone | known classes alone | both |
 * |---|---|---|---|
 * | 1 | 1.4 %, 70.4 % | 4.3 %, 90.0 % | 1.2 %, 91.0 % |
 * | 3 | 8.2 %, 95.2 % | 4.3 %, 90.0 % | 3.4 %, 97.1 % |
 * | 10 | 5.7 %, 92.5 % | 4.3 %, 90.0 % | 2.5 %, 96.5 % |
 * | 30 | 4.9 %, 99.4 % | 4.3 %, 90.0 % | 2.3 %, 98.1 % |
 * | 100 | 6.8 %, 100 % | 4.3 %, 90.0 % | 2.6 %, 98.3 % |
 *
 * @param photos distance to the training photos divided by its threshold; undefined without photos
 * @param known `[matchedClasses]`: their logits, of any value, at least one
 * @returns 0 or more; above 1 for a picture that is unlike the classes
 */
export function combinedNovelty(
  photos: number | undefined,
  known: ArrayLike<number>,
  prior: PresencePrior,
): number {
  const unknown = absence(known, prior);
  if (photos === undefined) return unknown;
  return STRICTNESS * Math.max(photos, 0) ** (1 - KNOWN_WEIGHT) * unknown ** KNOWN_WEIGHT;
}
