import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { FrameHints, type FrameHint } from '../../camera/frame-hints.ts';
import { frameLoop } from '../../camera/frame-loop.ts';
import { PictureWatch, type PictureTrouble } from '../../camera/picture-watch.ts';
import { frameQuality, graySquare } from '../../image/frame-quality.ts';

/** A few times a second is enough for a hint, and leaves the phone to taking photos. */
const LOOK_EVERY_MS = 300;
/** What a camera calls black, noise and limited range among it. */
const BLACKEST = 18;

/** Looks at a small copy of the camera's frames, and re-renders its element when that says more. */
export class FrameWatch implements ReactiveController {
  /** What would make the next photo better. */
  hint: FrameHint | undefined;
  /** Why a live camera shows nothing. */
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

  /** Starts or ends (with undefined) looking; begins anew with a new stream. */
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
      (frame) => {
        try {
          const quality = frameQuality(graySquare(frame));
          const now = performance.now();
          const black = quality.brightest <= BLACKEST;
          picture.onFrame(black, now);
          this.#show(black ? undefined : hints.update(quality, now), this.trouble);
        } finally {
          frame.close();
        }
        return Promise.resolve();
      },
      { interval: LOOK_EVERY_MS },
    );
    const timer = setInterval(() => {
      // No frames come while nobody looks; that is no trouble.
      if (document.hidden) picture = new PictureWatch(performance.now());
      else this.#show(this.hint, picture.check(this.#camera.muted, performance.now()));
    }, LOOK_EVERY_MS);
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
