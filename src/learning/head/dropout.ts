import type { Random } from './random.ts';

/** Inverted dropout, as in Keras: 0 with probability `rate`, else `1 / (1 - rate)`. */
export function dropoutMask(
  length: number,
  rate: number,
  random: Random,
): Float32Array | undefined {
  if (rate === 0) return undefined;
  const mask = new Float32Array(length);
  const scale = 1 / (1 - rate);
  for (let i = 0; i < length; i++) mask[i] = random.next() < rate ? 0 : scale;
  return mask;
}
