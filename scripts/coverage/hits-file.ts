import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Hits } from './hits.mjs';

/** One file of hits for each process that ran tests; `npm run test:coverage` begins with none. */
export const HITS_FOLDER = resolve(import.meta.dirname, '../../build/coverage/hits');
const WRITE_INTERVAL_MS = 10_000;

const file = join(HITS_FOLDER, `${randomUUID()}.json`);
const all = new Map<string, Set<string>>();
const sources: (() => Hits)[] = [];

/** Keeps hits for this process's file. */
export function addHits(hits: Hits): void {
  for (const [path, names] of Object.entries(hits)) {
    const known = all.get(path) ?? new Set();
    for (const name of names) known.add(name);
    all.set(path, known);
  }
}

/** Keeps what a function gives, which is asked before each writing. */
export function addSource(newHits: () => Hits): void {
  sources.push(newHits);
}

function write(): void {
  for (const newHits of sources) addHits(newHits());
  if (all.size === 0) return;
  mkdirSync(HITS_FOLDER, { recursive: true });
  const hits = Object.fromEntries([...all].map(([path, names]) => [path, [...names]]));
  writeFileSync(file, JSON.stringify(hits));
}

process.once('exit', write);
// Playwright kills a worker process that does not end by itself.
setInterval(write, WRITE_INTERVAL_MS).unref();
