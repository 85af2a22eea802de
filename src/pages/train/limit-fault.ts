import type { NumberLimit } from '../../records/training-limits.ts';

/** Why a value is not allowed; undefined if it is. */
export function limitFault(
  value: number,
  { low, high, whole }: NumberLimit,
): 'no-number' | 'not-whole' | 'outside' | undefined {
  if (!Number.isFinite(value)) return 'no-number';
  if (value < low || value > high) return 'outside';
  return whole && !Number.isInteger(value) ? 'not-whole' : undefined;
}
