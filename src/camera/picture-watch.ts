/** A live camera that shows nothing: every pixel black, or no new frame. */
export type PictureTrouble = 'black' | 'still';

/** A camera's first frames may be black while it finds its exposure, and a hand may pass. */
const BLACK_MS = 2_500;
/** A phone may hold the picture back for a moment, as for a voice assistant. */
const MUTED_MS = 1_500;
/** Slow phones need a while for the first frame. */
const STILL_MS = 5_000;

/** Tells from when frames came, and whether they were black, that a live camera shows nothing. */
export class PictureWatch {
  #blackSince: number | undefined;
  #mutedSince: number | undefined;
  #frameAt: number;

  /** @param now milliseconds of a rising clock, as in all that follows */
  constructor(now: number) {
    this.#frameAt = now;
  }

  saw(black: boolean, now: number): void {
    this.#frameAt = now;
    this.#blackSince = black ? (this.#blackSince ?? now) : undefined;
  }

  /** @param muted what the track says: that it has no frames to give just now */
  at(muted: boolean, now: number): PictureTrouble | undefined {
    this.#mutedSince = muted ? (this.#mutedSince ?? now) : undefined;
    if (this.#mutedSince !== undefined && now - this.#mutedSince >= MUTED_MS) return 'still';
    if (now - this.#frameAt >= STILL_MS) return 'still';
    if (this.#blackSince !== undefined && now - this.#blackSince >= BLACK_MS) return 'black';
    return undefined;
  }
}
