import { roomOf } from '../rooms/pairs.ts';
import istanbul, { type CoverageMap, type CoverageSummary } from 'istanbul-lib-coverage';

const METRICS = ['statements', 'branches', 'functions', 'lines'] as const;

/** Sums of the files of each room, and `total`; `src` is what stands in no room. */
export function coverageByRoom(map: CoverageMap): Map<string, CoverageSummary> {
  const rooms = new Map<string, CoverageSummary>();
  const total = istanbul.createCoverageSummary();
  for (const name of map.files()) {
    const room = roomOf(name) ?? 'src';
    const sum = rooms.get(room) ?? istanbul.createCoverageSummary();
    const summary = map.fileCoverageFor(name).toSummary();
    sum.merge(summary);
    total.merge(summary);
    rooms.set(room, sum);
  }
  return new Map([...rooms].sort(([a], [b]) => (a < b ? -1 : 1))).set('total', total);
}

/** In percent and as `covered/all`, one line for each room. */
export function roomTable(rooms: ReadonlyMap<string, CoverageSummary>): string {
  const lines = [...rooms].map(([room, summary]) => [
    room.padEnd(22),
    ...METRICS.map((metric) => {
      const { pct, covered, total } = summary.data[metric];
      return `${pct.toFixed(2).padStart(6)}% ${`${covered}/${total}`.padStart(11)}`;
    }),
  ]);
  const head = ['room'.padEnd(22), ...METRICS.map((metric) => metric.padStart(19))];
  return [head, ...lines].map((line) => line.join('  ')).join('\n');
}
