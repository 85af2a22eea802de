/**
 * Calls each listener with `value`. An error of one listener goes to the console and does not keep
 * the others from being called.
 */
export function notifyAll<Value>(listeners: Iterable<(value: Value) => void>, value: Value): void {
  for (const listener of [...listeners]) {
    try {
      listener(value);
    } catch (thrown) {
      console.error('A listener failed.', thrown);
    }
  }
}
