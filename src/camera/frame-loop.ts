import { grab } from './grab.ts';

interface FrameLoopOptions {
  /** Minimum time between two frames in ms; 0 by default. */
  readonly interval?: number;
  /** Called when a frame could not be grabbed or handled; the loop continues after a pause. */
  readonly onError?: (thrown: unknown) => void;
}

const PAUSE_AFTER_ERROR_MS = 1_000;

/**
 * Passes the newest frame of a video to `handle`, one at a time. Frames are dropped while one is
 * being handled, so that a result is never about an old picture and no queue builds up. The loop
 * pauses while the page is hidden.
 *
 * @param handle owns the frame and closes it
 * @returns a function that ends the loop
 */
export function frameLoop(
  video: HTMLVideoElement,
  handle: (frame: VideoFrame | ImageBitmap) => Promise<void>,
  { interval = 0, onError }: FrameLoopOptions = {},
): () => void {
  let stopped = false;
  let busy = false;
  let missed = false;
  let notBefore = 0;

  const take = async (): Promise<void> => {
    busy = true;
    missed = false;
    notBefore = performance.now() + interval;
    try {
      await handle(await grab(video));
    } catch (thrown) {
      notBefore = performance.now() + PAUSE_AFTER_ERROR_MS;
      if (!stopped) onError?.(thrown);
    } finally {
      busy = false;
    }
    // A newer frame was dropped and is still on the screen, so there is no need to wait for the
    // next.
    if (missed) onFrame();
  };

  const onFrame = () => {
    if (stopped || document.hidden) return;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    if (busy) missed = true;
    else if (performance.now() >= notBefore) void take();
  };

  const cancel = eachFrame(video, onFrame);
  // The frame that is on the screen already.
  onFrame();
  return () => {
    stopped = true;
    cancel();
  };
}

/**
 * Calls `onFrame` for each frame that the video presents, until the returned function is called.
 */
function eachFrame(video: HTMLVideoElement, onFrame: () => void): () => void {
  // Firefox before 132 has no requestVideoFrameCallback; there, any repaint may show a new frame.
  const perVideo = 'requestVideoFrameCallback' in video;
  const request = (callback: () => void) =>
    perVideo ? video.requestVideoFrameCallback(callback) : requestAnimationFrame(callback);
  let handle = 0;
  const step = () => {
    handle = request(step);
    onFrame();
  };
  handle = request(step);
  return () => {
    if (perVideo) video.cancelVideoFrameCallback(handle);
    else cancelAnimationFrame(handle);
  };
}
