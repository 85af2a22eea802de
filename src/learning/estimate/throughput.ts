import type { Throughput } from '../../records/throughput.ts';

/**
 * Merges new measurements into a throughput: the mean of old and new, so that a single slow run,
 * for example on a hot phone or in a busy browser, does not determine the result alone.
 * Measurements that are not finite and above 0 are ignored.
 */
export function withMeasured(before: Throughput, measured: Throughput): Throughput {
  const valid = (Object.entries(measured) as [keyof Throughput, number][]).filter(
    ([, value]) => Number.isFinite(value) && value > 0,
  );
  const merged = valid.map(([key, value]) => [key, ((before[key] ?? value) + value) / 2]);
  return { ...before, ...(Object.fromEntries(merged) as Throughput) };
}
