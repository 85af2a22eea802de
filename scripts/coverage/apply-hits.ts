import type { FileCoverageData } from 'istanbul-lib-coverage';
import type { Hits } from './hits.mjs';

/**
 * A file's coverage with each counter at 1 that any of the runs hit.
 *
 * @param coverage each counter at 0
 * @throws Error for a counter that the file does not have: the runs had another source
 */
export function applyHits(coverage: FileCoverageData, runs: readonly Hits[]): FileCoverageData {
  const covered = structuredClone(coverage);
  for (const name of new Set(runs.flatMap((hits) => hits[coverage.path] ?? []))) {
    const [counters, key] = counterOf(covered, name);
    if (counters?.[key] === undefined) {
      throw new Error(`${coverage.path} has no ${name}: did it change since the tests?`);
    }
    counters[key] = 1;
  }
  return covered;
}

function counterOf(
  { s, f, b }: FileCoverageData,
  name: string,
): [counters: Record<number, number> | undefined, key: number] {
  const [key = NaN, way = NaN] = name.slice(1).split('.').map(Number);
  if (name.startsWith('b')) return [b[key], way];
  return [name.startsWith('f') ? f : s, key];
}
