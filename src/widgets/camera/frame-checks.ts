import type { CameraStream } from '../../camera/camera-stream.ts';
import { FrameHints, type FrameHint } from '../../camera/frame-hints.ts';
import { frameLoop } from '../../camera/frame-loop.ts';
import { PictureWatch, type PictureTrouble } from '../../camera/picture-watch.ts';
import { withPicture } from '../../image/frame-canvas.ts';
import { frameQuality, graySquare } from '../../image/frame-quality.ts';

/** Three times a second is enough for a hint, and leaves computing time for taking photos. */
const CHECK_INTERVAL_MS = 300;
/**
 * Maximum brightness of a black picture, 0 to 255: allows for noise and limited-range video (16 to
 * 235).
 */
const MAX_BLACK = 18;

/** What a check of the camera's frames found. */
export interface FrameFindings {
  /** How to improve the next photo. */
  readonly hint: FrameHint | undefined;
  /** Why a live camera shows no picture. */
  readonly trouble: PictureTrouble | undefined;
}

/**
 * Checks a small copy of the frames of a video.
 *
 * @param onFindings called after each check
 * @returns a function that ends the checks
 */
export function checkFrames(
  video: HTMLVideoElement,
  camera: Pick<CameraStream, 'muted'>,
  onFindings: (findings: FrameFindings) => void,
): () => void {
  const hints = new FrameHints();
  let picture = new PictureWatch(performance.now());
  let hint: FrameHint | undefined;
  let trouble: PictureTrouble | undefined;
  const endLoop = frameLoop(
    video,
    async (frame) => {
      const quality = frameQuality(await withPicture(frame, graySquare));
      const now = performance.now();
      const black = quality.brightest <= MAX_BLACK;
      picture.onFrame(black, now);
      hint = black ? undefined : hints.update(quality, now);
      onFindings({ hint, trouble });
    },
    { interval: CHECK_INTERVAL_MS },
  );
  const timer = setInterval(() => {
    // A hidden page gets no frames: that is not a problem of the camera.
    if (document.hidden) picture = new PictureWatch(performance.now());
    else trouble = picture.check(camera.muted, performance.now());
    onFindings({ hint, trouble });
  }, CHECK_INTERVAL_MS);
  return () => {
    endLoop();
    clearInterval(timer);
  };
}
