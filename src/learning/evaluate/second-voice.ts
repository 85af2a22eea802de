import type { Prior } from '../../records/prior.ts';

/** Weight of what the base knows in the novelty of a picture; that of the photos is the rest. */
export const KNOWN_SHARE = 0.25;
/**
 * The two voices seldom err together, so the mean calls fewer photos of known classes unfamiliar
 * than either does. This factor uses a part of that to find more pictures of something else.
 */
export const STRICTNESS = 1.1;

type AudiblePrior = Prior & Required<Pick<Prior, 'presentFrom'>>;

/**
 * Whether a prior can say that a picture shows none of the classes: each class has a known class,
 * and the base says from which logit on one is present.
 */
export function hasVoice(prior: Prior): prior is AudiblePrior {
  return prior.presentFrom !== undefined && !prior.classes.includes(null);
}

/**
 * How little a picture shows of the known classes: 1 where the strongest of them is just present,
 * above 1 where none is.
 *
 * @param known logits of the `matchedClasses`
 */
function absence(known: ArrayLike<number>, { presentFrom }: AudiblePrior): number {
  return Math.exp(presentFrom - Math.max(...Array.from(known)));
}

/**
 * The novelty of a picture from two voices, that of the training photos and that of the base's
 * known classes: their weighted geometric mean. On 300 test photos and 60 of neither cats nor dogs,
 * at 224 pixels, mean of 8 draws (first the pets that are called unfamiliar, then the others):
 *
 * | photos per class | photos alone | known classes alone | both |
 * |---|---|---|---|
 * | 1 | 1.4 %, 70.4 % | 4.3 %, 90.0 % | 1.2 %, 91.0 % |
 * | 3 | 8.2 %, 95.2 % | 4.3 %, 90.0 % | 3.4 %, 97.1 % |
 * | 10 | 5.7 %, 92.5 % | 4.3 %, 90.0 % | 2.5 %, 96.5 % |
 * | 30 | 4.9 %, 99.4 % | 4.3 %, 90.0 % | 2.3 %, 98.1 % |
 * | 100 | 6.8 %, 100 % | 4.3 %, 90.0 % | 2.6 %, 98.3 % |
 *
 * @param photos novelty from the training photos, relative to its threshold; undefined without photos
 */
export function combinedNovelty(
  photos: number | undefined,
  known: ArrayLike<number>,
  prior: AudiblePrior,
): number {
  const unknown = absence(known, prior);
  if (photos === undefined) return unknown;
  return STRICTNESS * Math.max(photos, 0) ** (1 - KNOWN_SHARE) * unknown ** KNOWN_SHARE;
}
