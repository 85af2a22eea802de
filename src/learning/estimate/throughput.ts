import type { Throughput } from '../../records/throughput.ts';

/**
 * A pace with newer measurements: the mean of old and new, so that one bad moment, as a hot phone or
 * a busy browser, does not decide alone.
 */
export function withMeasured(before: Throughput, measured: Throughput): Throughput {
  const news = (Object.entries(measured) as [keyof Throughput, number][]).filter(
    ([, value]) => Number.isFinite(value) && value > 0,
  );
  const merged = news.map(([key, value]) => [key, ((before[key] ?? value) + value) / 2]);
  return { ...before, ...(Object.fromEntries(merged) as Throughput) };
}
