import { MAX_DATE_MS } from '../platform/max-date.ts';

/** The index of photos by their creation time, within a transaction. */
interface ByCreated {
  getKey(moment: number): Promise<string | undefined>;
}

/**
 * The first millisecond from `wanted` on that no photo has yet. Creation times are unique, because
 * they define the order of the library. A photo with a time in the future, from a phone whose clock
 * was wrong, changes no other time.
 *
 * @param wanted milliseconds since the epoch, 0 to MAX_DATE_MS
 */
export async function freeMoment(byCreated: ByCreated, wanted: number): Promise<number> {
  const step = wanted < MAX_DATE_MS / 2 ? 1 : -1;
  let moment = wanted;
  while ((await byCreated.getKey(moment)) !== undefined) moment += step;
  return moment;
}
