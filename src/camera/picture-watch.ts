/** Why a live camera shows nothing: all pixels are black, or there are no new frames. */
export type PictureTrouble = 'black' | 'still';

/** The first frames may be black while the camera adjusts its exposure, or a hand may cover it. */
const BLACK_MS = 2_500;
/** A phone may mute the camera for a moment, for example for a voice assistant. */
const MUTED_MS = 1_500;
/** Slow phones need some time for the first frame. */
const STILL_MS = 5_000;

/** Detects that a live camera shows nothing, from the times of its frames and their blackness. */
export class PictureWatch {
  #blackSince: number | undefined;
  #mutedSince: number | undefined;
  #frameAt: number;

  /** @param now time in ms on a monotonic clock, as in all methods */
  constructor(now: number) {
    this.#frameAt = now;
  }

  /** Call it for each frame. @param black whether the frame is black */
  onFrame(black: boolean, now: number): void {
    this.#frameAt = now;
    this.#blackSince = black ? (this.#blackSince ?? now) : undefined;
  }

  /**
   * Call it at intervals.
   *
   * @param muted whether the track is muted: the camera gives no frames at the moment
   * @returns undefined if the camera works
   */
  check(muted: boolean, now: number): PictureTrouble | undefined {
    this.#mutedSince = muted ? (this.#mutedSince ?? now) : undefined;
    if (this.#mutedSince !== undefined && now - this.#mutedSince >= MUTED_MS) return 'still';
    if (now - this.#frameAt >= STILL_MS) return 'still';
    if (this.#blackSince !== undefined && now - this.#blackSince >= BLACK_MS) return 'black';
    return undefined;
  }
}
