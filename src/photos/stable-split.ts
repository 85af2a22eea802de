import type { Split } from '../records/photo.ts';

/** Shares of the library that go to each side; they add up to 1. */
interface SplitFractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const DEFAULT_FRACTIONS: SplitFractions = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * The side of the split that a hash falls on. The same hash always gives the same side, so a
 * photo that was learned from can never come to judge the result (as in Edge Impulse, which splits
 * by the hash of the file).
 *
 * @param hash at least 8 hex digits, uniformly distributed: a SHA-256
 */
export function stableSplit(hash: string, shares: SplitFractions = DEFAULT_FRACTIONS): Split {
  const position = parseInt(hash.slice(0, 8), 16) / 2 ** 32;
  if (Number.isNaN(position)) throw new RangeError(`Not a hex hash: ${hash}`);
  if (position < shares.test) return 'test';
  if (position < shares.test + shares.validation) return 'validation';
  return 'train';
}
