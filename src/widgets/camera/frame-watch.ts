import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { whenIdle } from '../../platform/when-idle.ts';
import type { FrameFindings } from './frame-checks.ts';

/**
 * Checks the camera's frames, and updates the host when `hint` or `trouble` changes. The code for it is
 * loaded after the first picture.
 */
export class FrameWatch implements ReactiveController {
  hint: FrameFindings['hint'];
  trouble: FrameFindings['trouble'];

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
    // Without the checks, photos are taken all the same.
    this.#start(video).catch(console.warn);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#video = undefined;
    this.#stream = undefined;
    this.hint = undefined;
    this.trouble = undefined;
  }

  async #start(video: HTMLVideoElement): Promise<void> {
    let isOver = false;
    this.#stop = () => (isOver = true);
    await whenIdle();
    const { checkFrames } = await import('./frame-checks.ts');
    if (isOver) return;
    this.#stop = checkFrames(video, this.#camera, ({ hint, trouble }) => {
      if (hint === this.hint && trouble === this.trouble) return;
      this.hint = hint;
      this.trouble = trouble;
      this.#host.requestUpdate();
    });
  }
}
