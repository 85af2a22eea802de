/** A part of a film from which at most one frame is taken. */
export interface FilmPart {
  /** Where to look for a frame, in seconds, in ascending order: the next one if one is no use. */
  readonly times: readonly number[];
}

/** Number of frames that are tried in each part. */
const TRIES = 3;
/** No film has more frames a second than this; closer times would give the same frame. */
const MAX_FRAME_RATE = 60;

/**
 * Divides a film into equal parts, one per frame that is wanted. A very short film has fewer parts.
 *
 * @param start time of the first frame in seconds
 * @param end end of the last frame in seconds
 * @param count number of frames, 1 or more
 */
export function filmParts(start: number, end: number, count: number): FilmPart[] {
  const length = Math.max(0, end - start);
  const parts = Math.max(1, Math.min(count, Math.floor(length * MAX_FRAME_RATE)));
  const tries = Math.max(1, Math.min(TRIES, Math.floor((length / parts) * MAX_FRAME_RATE)));
  const step = length / (parts * tries);
  return Array.from({ length: parts }, (_, part) => ({
    // In the middle of each step: the first and the last moment of a film are often black.
    times: Array.from({ length: tries }, (_, i) => start + (part * tries + i + 0.5) * step),
  }));
}
