import type { IModule } from 'dependency-cruiser';
import { ENTRIES, ROOMS } from './allow-list.ts';
import type { Room } from './room.ts';

/** A room and a room that it imports. */
export type Pair = readonly [from: string, to: string];

const NAMES = Object.keys(ROOMS).sort((a, b) => b.length - a.length);

/** The room of a file of src/ or sw/: the longest name that matches; undefined outside every room. */
export function roomOf(path: string): string | undefined {
  const name = NAMES.find((room) => path.startsWith(`src/${room}/`));
  return name ?? Object.keys(ENTRIES).find((entry) => path.startsWith(entry));
}

/** Each pair of rooms of which one imports the other, once, sorted. */
export function roomPairs(modules: readonly Pick<IModule, 'source' | 'dependencies'>[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (from && to && from !== to) pairs.set(`${from} ${to}`, [from, to]);
    }
  }
  return [...pairs.values()].sort(([a, b], [c, d]) => `${a} ${b}`.localeCompare(`${c} ${d}`));
}

/** Pairs that the allow list holds although no file imports so. */
export function unusedPairs(rooms: Readonly<Record<string, Room>>, pairs: readonly Pair[]): Pair[] {
  const used = new Set(pairs.map(([from, to]) => `${from} ${to}`));
  return Object.entries(rooms).flatMap(([from, { imports = [] }]) =>
    imports.filter((to) => !used.has(`${from} ${to}`)).map((to): Pair => [from, to]),
  );
}
