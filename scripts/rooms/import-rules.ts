import type { ICruiseOptions, IFlattenedRuleSet } from 'dependency-cruiser';
import { ADDRESSES, ENTRIES, ROOMS } from './allow-list.ts';
import type { Room } from './room.ts';

/** How the sources are read: `tsPreCompilationDeps` keeps the imports of types. */
export const CRUISE_OPTIONS: ICruiseOptions = {
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: 'src/i18n/locales/' },
  enhancedResolveOptions: {
    extensions: ['.ts', '.mjs', '.js'],
    // h5wasm can only be resolved by its export conditions.
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'default'],
  },
};

interface Pattern {
  readonly from: { readonly path: string };
  readonly to: { readonly path: string };
}

/**
 * The allow list as rules for dependency-cruiser: whatever matches no pair in `allowed` is an error,
 * and so is a cycle.
 */
export function importRules(
  rooms: Readonly<Record<string, Room>> = ROOMS,
  entries: Readonly<Record<string, Room>> = ENTRIES,
  addresses: Readonly<Record<string, readonly string[]>> = ADDRESSES,
): IFlattenedRuleSet {
  const ofRooms = Object.entries(rooms).flatMap(([name, room]) => {
    const from = filesOf(name, rooms);
    const bundled = (addresses[name] ?? []).map((address) => pattern(from, `^${escape(address)}`));
    return [pattern(from, from), ...pairs(from, room, rooms), ...bundled];
  });
  const ofEntries = Object.entries(entries).flatMap(([path, entry]) => {
    const from = `^${escape(path)}`;
    return [pattern(from, from), ...pairs(from, entry, rooms)];
  });
  return {
    allowed: [...ofRooms, ...ofEntries],
    allowedSeverity: 'error',
    forbidden: [{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } }],
  };
}

function pairs(
  from: string,
  { imports = [], packages = [] }: Room,
  rooms: Readonly<Record<string, Room>>,
): Pattern[] {
  return [
    ...imports.map((to) => pattern(from, filesOf(to, rooms))),
    ...packages.map((name) => pattern(from, `(^|/)node_modules/${escape(name)}/`)),
  ];
}

/** Matches the files of one room, without those of the rooms inside it. */
function filesOf(name: string, rooms: Readonly<Record<string, Room>>): string {
  const inner = Object.keys(rooms)
    .filter((other) => other.startsWith(`${name}/`))
    .map((other) => `${escape(other.slice(name.length + 1))}/`);
  return `^src/${escape(name)}/${inner.length > 0 ? `(?!${inner.join('|')})` : ''}`;
}

function pattern(from: string, to: string): Pattern {
  return { from: { path: from }, to: { path: to } };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
