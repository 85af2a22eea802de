import type { Random } from '../../platform/random.ts';

/**
 * Inverted dropout, as in Keras: each factor is 0 with probability `rate`, otherwise
 * `1 / (1 - rate)`.
 *
 * @param rate 0 or more, below 1
 * @returns `[length]`
 */
export function dropoutMask(length: number, rate: number, random: Random): Float32Array {
  const mask = new Float32Array(length);
  const scale = 1 / (1 - rate);
  for (let i = 0; i < length; i++) mask[i] = random.next() < rate ? 0 : scale;
  return mask;
}

/**
 * Applies inverted dropout to `values` in place. It draws one random number for each value, and none
 * if the rate is 0.
 *
 * @param rate 0 or more, below 1
 */
export function applyDropout(values: Float32Array, rate: number, random: Random): void {
  if (rate === 0) return;
  const mask = dropoutMask(values.length, rate, random);
  for (let i = 0; i < values.length; i++) values[i]! *= mask[i]!;
}
