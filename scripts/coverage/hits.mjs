/**
 * Names of the counters that are no longer 0, by file: `s12` is a statement, `f3` a function, `b4.1`
 * the second way of a branch.
 *
 * @typedef {Record<string, string[]>} Hits
 */

/**
 * Gives a function that gives what has run in this realm since its last call. It also runs in the
 * browser, from its source text: it must not use anything outside itself.
 *
 * @returns {() => Hits}
 */
export function watchHits() {
  const notHit = new Map();

  const allCounters = ({ s, f, b }) => [
    ...Object.keys(s).map((key) => ({ counters: s, key, name: `s${key}` })),
    ...Object.keys(f).map((key) => ({ counters: f, key, name: `f${key}` })),
    ...Object.entries(b).flatMap(([branch, ways]) =>
      ways.map((_, key) => ({ counters: ways, key, name: `b${branch}.${key}` })),
    ),
  ];
  const isHit = ({ counters, key }) => counters[key] > 0;

  return () => {
    const hits = {};
    for (const [path, file] of Object.entries(globalThis.__coverage__ ?? {})) {
      const waiting = notHit.get(path) ?? allCounters(file);
      if (!notHit.has(path)) notHit.set(path, waiting);
      if (!waiting.some(isHit)) continue;
      hits[path] = waiting.filter(isHit).map(({ name }) => name);
      notHit.set(
        path,
        waiting.filter((counter) => !isHit(counter)),
      );
    }
    return hits;
  };
}
