import { centreSquare } from '../../image/square.ts';

/** A rectangle in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Positions in CSS pixels from the top left corner of the viewfinder. */
export interface ViewfinderGeometry {
  /** The marked square. */
  readonly square: Box;
  /** The whole video, placed so that its centre square is exactly under the marked square. */
  readonly video: Box;
}

/** Minimum distance of the square from the edges of its area, in CSS pixels. */
const MARGIN = 12;

/**
 * Computes the layout of the viewfinder.
 *
 * The square is centred in `room` and as large as it allows. The video is scaled so that
 * `centreSquare` of its frame, the part that is stored, exactly covers that square.
 *
 * @param room the part of the viewfinder that no controls cover
 * @param video size of the video's frames in pixels; 0 by 0 before the first frame
 */
export function viewfinderGeometry(
  room: Box,
  video: { readonly width: number; readonly height: number },
): ViewfinderGeometry {
  const side = Math.max(0, Math.min(room.width, room.height) - 2 * MARGIN);
  const square = {
    x: room.x + (room.width - side) / 2,
    y: room.y + (room.height - side) / 2,
    width: side,
    height: side,
  };
  if (video.width === 0 || video.height === 0) return { square, video: square };
  const crop = centreSquare(video.width, video.height);
  // Multiplied last: what is as wide as the square is exactly so, and gets no edge to fade.
  const scaled = (pixels: number) => (pixels / crop.side) * side;
  return {
    square,
    video: {
      x: square.x - scaled(crop.x),
      y: square.y - scaled(crop.y),
      width: scaled(video.width),
      height: scaled(video.height),
    },
  };
}
