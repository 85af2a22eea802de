import { Problem } from '../../../platform/problem.ts';

/** An open film. */
export interface Film {
  /** Time of the first frame in seconds. */
  readonly start: number;
  /** End of the last frame in seconds. */
  readonly end: number;
  /**
   * The frames at these times, upright, with a shorter side of at most FRAME_SIDE pixels. Each is
   * drawn on the same canvas and is gone with the next one.
   *
   * @param times in seconds, ascending; read one by one, some of them before their turn
   * @returns one frame per time; undefined where there is none
   * @throws if the film is damaged from there on
   */
  frames(times: Iterable<number>): AsyncIterable<OffscreenCanvas | undefined>;
  /** Frees what decodes it. */
  close(): void;
}

/** Maximum length of the shorter side of a frame in pixels. */
const FRAME_SIDE = 512;

/** `film`: damaged, or without pictures; `film-codec`: this browser does not decode it. */
export type FilmProblemKind = 'film' | 'film-codec';

/**
 * Why a film gives no photos.
 *
 * @param message a localized sentence
 * @param cause the error or the name of the codec, if one is known
 */
export function filmProblem(
  kind: FilmProblemKind,
  message: string,
  cause?: unknown,
): Problem<FilmProblemKind> {
  return new Problem(kind, message, cause === undefined ? {} : { cause });
}

/**
 * A canvas for the frames of a film, in its aspect ratio.
 *
 * @param width,height displayed size of the film in pixels
 */
export function frameCanvas(width: number, height: number): OffscreenCanvas {
  const scale = Math.min(1, FRAME_SIDE / Math.min(width, height));
  return new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
}

/** The 2D context of a frame canvas. */
export function frameContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('No 2D canvas');
  context.imageSmoothingQuality = 'high';
  return context;
}
