import type { Split } from '../records/photo.ts';

/** Fractions of the library in each split; they add up to 1. */
interface SplitFractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const DEFAULT_FRACTIONS: SplitFractions = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * The split for a hash. The same hash always gives the same split, so a photo of the
 * training set can never be in the test set later (Edge Impulse splits by the hash of the file
 * too).
 *
 * @param hash at least 8 uniformly distributed hexadecimal digits, such as a SHA-256
 * @throws RangeError when it is not hexadecimal
 */
export function stableSplit(hash: string, fractions: SplitFractions = DEFAULT_FRACTIONS): Split {
  const position = parseInt(hash.slice(0, 8), 16) / 2 ** 32;
  if (Number.isNaN(position)) throw new RangeError(`Not a hex hash: ${hash}`);
  if (position < fractions.test) return 'test';
  if (position < fractions.test + fractions.validation) return 'validation';
  return 'train';
}
