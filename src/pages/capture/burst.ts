/** Between two photos of a burst: 4 to 5 a second, enough for the picture to change. */
export const BURST_INTERVAL_MS = 220;

/**
 * Takes photos one after the other until it is stopped; never two at once, so that a slow phone
 * takes fewer instead of piling them up. A photo that fails ends it.
 *
 * @param shoot takes one; `index` counts from 0
 * @returns when the last one is done
 */
export async function burst(
  shoot: (index: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let index = 0; !signal.aborted; index++) {
    const next = performance.now() + BURST_INTERVAL_MS;
    await shoot(index);
    await pause(next - performance.now(), signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, milliseconds));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
