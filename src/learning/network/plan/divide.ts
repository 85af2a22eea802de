import { MAX_ROWS, PANEL } from '../../kernels/wasm/pointwise-module.ts';

/** See `Divided` in plan.ts. */
interface Division {
  readonly units: number;
  readonly unitSize: number;
}

/** The maximum number of units: the threads' ticket has six bits for each end. */
export const MAX_UNITS = 63;
/** About how many units an operation has: enough for four threads that are not equally fast. */
const USUAL_UNITS = 24;
/** A map with fewer tiles of rows is divided by its columns. */
const FEWEST_TILES = 48;
/** Bytes of expanded channels that stay in a core's cache, and what one unit should not exceed. */
const EXPANDED_BYTES = 192 * 1024;
const MOST_CHANNELS = 32;

/** Divides `length` into at most `units` parts; the last one may be smaller. */
export function divideInto(length: number, units: number): Division {
  const unitSize = Math.ceil(length / units);
  return { units: Math.ceil(length / unitSize), unitSize };
}

/** Divides a 1x1 convolution: by whole tiles of rows, or by panels if there are few rows. */
export function dividePointwise(
  rows: number,
  panels: number,
): Division & { readonly by: 'rows' | 'panels' } {
  const tiles = Math.ceil(rows / MAX_ROWS);
  if (tiles < FEWEST_TILES && panels > 1)
    return { by: 'panels', ...divideInto(panels, USUAL_UNITS) };
  const unitSize = MAX_ROWS * Math.ceil(tiles / USUAL_UNITS);
  return { by: 'rows', units: Math.ceil(rows / unitSize), unitSize };
}

/**
 * Divides the channels of an expanded map into panels that stay in the cache. The last unit takes
 * what is left, so that each has a panel or more.
 *
 * @param places number of places of the expanded map
 */
export function divideChannels(channels: number, places: number): Division {
  const fitting = Math.floor(EXPANDED_BYTES / (4 * places * PANEL)) * PANEL;
  const enough = Math.ceil(channels / MAX_UNITS / PANEL) * PANEL;
  const unitSize = Math.max(PANEL, enough, Math.min(MOST_CHANNELS, fitting));
  return { units: Math.max(1, Math.floor(channels / unitSize)), unitSize };
}
