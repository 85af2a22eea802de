/**
 * Some of many, each as likely as any other, in random order (Fisher and Yates's shuffle, as far as
 * it is needed).
 *
 * @param random gives numbers from 0 up to, and without, 1
 */
export function randomPhotos<Photo>(
  photos: readonly Photo[],
  count: number,
  random: () => number = Math.random,
): Photo[] {
  const pool = [...photos];
  const wanted = Math.min(count, pool.length);
  for (let i = 0; i < wanted; i++) {
    const other = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[other]] = [pool[other]!, pool[i]!];
  }
  return pool.slice(0, wanted);
}
