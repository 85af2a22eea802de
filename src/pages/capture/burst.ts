/** Between two photos of a burst: 4 to 5 a second, enough for the picture to change. */
export const BURST_INTERVAL_MS = 220;
/** More of one moment teach nothing new, and a burst that was forgotten must end. */
export const MOST_IN_BURST = 100;

/** The rate is that of the last photos, so that it follows a phone that gets slower. */
const RATE_OF = 8;

/**
 * Takes photos one after the other until it is stopped; never two at once, so that a slow phone
 * takes fewer instead of piling them up. A photo that fails ends it, and so does the hundredth.
 *
 * @param shoot takes one; `index` counts from 0
 * @param interval milliseconds from the start of one to the start of the next, at least
 * @returns when the last one is done
 */
export async function burst(
  shoot: (index: number) => Promise<void>,
  signal: AbortSignal,
  interval = BURST_INTERVAL_MS,
): Promise<void> {
  for (let index = 0; !signal.aborted && index < MOST_IN_BURST; index++) {
    const next = performance.now() + interval;
    await shoot(index);
    await pause(next - performance.now(), signal);
  }
}

/**
 * Photos a second over the last ones; undefined before there are two.
 *
 * @param times when each was done, in milliseconds, rising
 */
export function burstRate(times: readonly number[]): number | undefined {
  const last = times.slice(-RATE_OF);
  const [first, end] = [last[0], last.at(-1)];
  if (first === undefined || end === undefined || end <= first) return undefined;
  return ((last.length - 1) * 1000) / (end - first);
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
