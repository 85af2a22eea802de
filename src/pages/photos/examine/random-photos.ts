/**
 * A random sample without replacement, in random order: the first `count` steps of the Fisher–Yates
 * shuffle.
 *
 * @param count size of the sample; all photos if there are fewer
 * @param random returns a number from 0 (inclusive) to 1 (exclusive)
 */
export function randomPhotos<Photo>(
  photos: readonly Photo[],
  count: number,
  random: () => number = Math.random,
): Photo[] {
  const pool = [...photos];
  const size = Math.min(count, pool.length);
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[other]] = [pool[other]!, pool[i]!];
  }
  return pool.slice(0, size);
}
