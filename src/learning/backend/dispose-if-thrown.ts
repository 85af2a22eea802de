/** A tensor, or what holds tensors; it may be disposed twice. */
interface Disposable {
  dispose(): void;
}

/** Marks a tensor or what holds tensors, and returns it. */
export type Keep = <Made extends Disposable>(made: Made) => Made;

/**
 * Makes several tensors that stay beyond `tf.tidy`, such as the variables of a model. If `make`
 * throws, for example because the memory of the backend is full, what it has marked is disposed.
 *
 * @param make marks each tensor with `keep` as soon as it is made
 */
export function disposeIfThrown<Result>(make: (keep: Keep) => Result): Result {
  const kept: Disposable[] = [];
  try {
    return make((made) => {
      kept.push(made);
      return made;
    });
  } catch (thrown) {
    for (const made of kept) made.dispose();
    throw thrown;
  }
}
