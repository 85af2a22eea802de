/**
 * Interval between two photos of a burst: 4 to 5 photos per second, so that the picture changes.
 */
export const BURST_INTERVAL_MS = 220;
/**
 * Maximum number of photos in a burst: more of one scene add no information, and a burst must end.
 */
export const MAX_BURST_PHOTOS = 100;

/** The rate is computed from this many last photos, so that it reflects a phone that slows down. */
const RATE_WINDOW = 8;

/**
 * Takes photos in sequence until `signal` is aborted or `MAX_BURST_PHOTOS` is reached. It never
 * takes two at once, so that a slow phone takes fewer photos instead of queueing them.
 *
 * @param shoot takes one photo; `index` counts from 0
 * @param interval minimum time from the start of one photo to the start of the next, in
 *   milliseconds
 * @returns resolves when the last photo is done
 * @throws whatever `shoot` throws, which ends the burst
 */
export async function burst(
  shoot: (index: number) => Promise<void>,
  signal: AbortSignal,
  interval = BURST_INTERVAL_MS,
): Promise<void> {
  for (let index = 0; !signal.aborted && index < MAX_BURST_PHOTOS; index++) {
    const nextAt = performance.now() + interval;
    await shoot(index);
    await pause(nextAt - performance.now(), signal);
  }
}

/**
 * Photos per second over the last photos; undefined before the second one.
 *
 * @param times when each photo was done, in milliseconds, in ascending order
 */
export function burstRate(times: readonly number[]): number | undefined {
  const last = times.slice(-RATE_WINDOW);
  const [start, end] = [last[0], last.at(-1)];
  if (start === undefined || end === undefined || end <= start) return undefined;
  return ((last.length - 1) * 1000) / (end - start);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, milliseconds));
    signal.addEventListener('abort', end);
  });
}
