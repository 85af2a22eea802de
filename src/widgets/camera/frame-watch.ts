import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { FrameHints, type FrameHint } from '../../camera/frame-hints.ts';
import { frameLoop } from '../../camera/frame-loop.ts';
import { PictureWatch, type PictureTrouble } from '../../camera/picture-watch.ts';
import { frameQuality, graySquare } from '../../image/frame-quality.ts';

/** Three times a second is enough for a hint, and leaves computing time for taking photos. */
const CHECK_INTERVAL_MS = 300;
/**
 * Maximum brightness of a black picture, 0 to 255: allows for noise and limited-range video (16 to
 * 235).
 */
const MAX_BLACK = 18;

/**
 * Checks a small copy of the camera's frames, and updates the host when `hint` or `trouble`
 * changes.
 */
export class FrameWatch implements ReactiveController {
  /** How to improve the next photo. */
  hint: FrameHint | undefined;
  /** Why a live camera shows no picture. */
  trouble: PictureTrouble | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #camera: CameraStream;
  #video: HTMLVideoElement | undefined;
  #stream: MediaStream | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, camera: CameraStream) {
    this.#host = host;
    this.#camera = camera;
    host.addController(this);
  }

  /** Starts or, with undefined, stops the checks; a new stream restarts them. */
  watch(video: HTMLVideoElement | undefined): void {
    const { stream } = this.#camera;
    if (video === this.#video && stream === this.#stream) return;
    this.hostDisconnected();
    if (!video || !stream) return;
    this.#video = video;
    this.#stream = stream;
    const hints = new FrameHints();
    let picture = new PictureWatch(performance.now());
    const endLoop = frameLoop(
      video,
      async (frame) => {
        try {
          const { withPicture } = await import('../../image/frame-canvas.ts');
          const quality = frameQuality(await withPicture(frame, graySquare));
          const now = performance.now();
          const black = quality.brightest <= MAX_BLACK;
          picture.onFrame(black, now);
          this.#show(black ? undefined : hints.update(quality, now), this.trouble);
        } finally {
          // If that code could not be loaded.
          frame.close();
        }
      },
      { interval: CHECK_INTERVAL_MS },
    );
    const timer = setInterval(() => {
      // A hidden page gets no frames: that is not a problem of the camera.
      if (document.hidden) picture = new PictureWatch(performance.now());
      else this.#show(this.hint, picture.check(this.#camera.muted, performance.now()));
    }, CHECK_INTERVAL_MS);
    this.#stop = () => {
      endLoop();
      clearInterval(timer);
    };
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#video = undefined;
    this.#stream = undefined;
    this.hint = undefined;
    this.trouble = undefined;
  }

  #show(hint: FrameHint | undefined, trouble: PictureTrouble | undefined): void {
    if (hint === this.hint && trouble === this.trouble) return;
    this.hint = hint;
    this.trouble = trouble;
    this.#host.requestUpdate();
  }
}
