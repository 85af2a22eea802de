import { centreSquare } from '../../image/square.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ViewfinderGeometry {
  /** Where the square is marked. */
  readonly square: Box;
  /** Where the whole video goes so that its centre square lies exactly under the mark. */
  readonly video: Box;
}

/** Distance of the square from the edges of the room it has, in CSS pixels. */
const MARGIN = 12;

/**
 * Lays the viewfinder out, in CSS pixels from its top left corner.
 *
 * The square is as large as the room allows and centred in it; the video is scaled by the one
 * factor that maps `centreSquare` of the frame, which is what is stored, onto that square.
 *
 * @param room the part of the viewfinder that no buttons cover
 * @param video size of the video's frames in pixels; 0 by 0 before the first
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
  const scale = side / crop.side;
  return {
    square,
    video: {
      x: square.x - crop.x * scale,
      y: square.y - crop.y * scale,
      width: video.width * scale,
      height: video.height * scale,
    },
  };
}
