/** Work that may be interrupted wherever it yields. */
export type Steps<Result> = Generator<undefined, Result, void>;

/** Milliseconds of work after which taps and frames get their turn. */
const LONGEST_MS = 12;
/** Number of items of a list in one step. */
const ITEMS = 200;

/** Does the work without a break. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/**
 * Does the work in parts, so that it does not keep the page from answering taps.
 *
 * @throws what the work throws
 */
export async function withBreaks<Result>(steps: Steps<Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (performance.now() - since < LONGEST_MS) continue;
    await otherTasks();
    since = performance.now();
  }
}

/** As `items.map(of)`. */
export function* mapInSteps<Item, Result>(
  items: readonly Item[],
  of: (item: Item, index: number) => Result,
): Steps<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index % ITEMS === ITEMS - 1) yield;
    results.push(of(item, index));
  }
  return results;
}

/** Resolves after the tasks that wait. A timer would wait for a second in a hidden page. */
export function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
