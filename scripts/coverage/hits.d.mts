/**
 * Names of the counters that are no longer 0, by file: `s12` is a statement, `f3` a function, `b4.1`
 * the second way of a branch.
 */
export type Hits = Readonly<Record<string, readonly string[]>>;

export function watchHits(): () => Hits;
