import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { withPicture } from '../../image/frame-canvas.ts';
import { askedPhotos, takeAskedPhoto } from '../../session/asked-photo.ts';
import { grab } from '../../camera/grab.ts';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import type { LiveAnswer } from '../../widgets/answer/live-answer.ts';
import { notify } from '../../ui/notice.ts';
import { StillAnswer } from './still-answer.ts';
import { stillOf, type StillPicture } from './still-picture.ts';

/** The still picture, if there is one, and the model's answer about it. */
export class StillController implements ReactiveController {
  picture: StillPicture | undefined;
  /** Whether a photo is being opened. */
  opening = false;
  readonly result: StillAnswer;
  readonly #host: ReactiveControllerHost & EventTarget;
  /** Number of the newest request: results of older ones are discarded. */
  #request = 0;

  constructor(host: ReactiveControllerHost & EventTarget, client: LearningClient) {
    this.#host = host;
    this.result = new StillAnswer(host, client);
    host.addController(this);
  }

  hostConnected(): void {
    askedPhotos.addEventListener('photo', this.#takeAsked);
    this.#takeAsked();
  }

  hostDisconnected(): void {
    askedPhotos.removeEventListener('photo', this.#takeAsked);
    // The page shows the camera when the user returns.
    this.close();
  }

  /**
   * Freezes the current frame of a video.
   *
   * @param before the current answer about the video
   */
  async freeze(
    video: HTMLVideoElement,
    mirrored: boolean,
    before: LiveAnswer | undefined,
  ): Promise<void> {
    const still = grab(video).then((frame) =>
      withPicture(frame, (picture) => stillOf(picture, 'frozen', mirrored)),
    );
    await this.#show(still, {
      before,
      failure: msg('The picture could not be frozen. Try again.'),
    });
  }

  /** Shows a photo without saving it. If it cannot be opened, a notice tells why. */
  async open(photo: Blob): Promise<void> {
    this.opening = true;
    const still = import('../../photos/import/decode-file.ts')
      .then(({ decodeFile }) => decodeFile(photo))
      .then((decoded) => withPicture(decoded, (picture) => stillOf(picture, 'photo')));
    await this.#show(still, {
      failure: msg('This photo could not be opened.'),
    });
  }

  /** Returns to the camera picture. */
  close(): void {
    this.#request++;
    this.picture = undefined;
    this.opening = false;
    this.result.show(undefined);
    this.#host.requestUpdate();
  }

  async #show(
    loading: Promise<StillPicture>,
    { before, failure }: { before?: LiveAnswer | undefined; failure: string },
  ): Promise<void> {
    const request = ++this.#request;
    this.#host.requestUpdate();
    try {
      const still = await loading;
      if (request !== this.#request) return;
      this.picture = still;
      this.result.show(still, before);
    } catch (thrown) {
      if (request !== this.#request) return;
      notify(this.#host, { text: Problem.from(thrown, failure).message, tone: 'wrong' });
    } finally {
      if (request === this.#request) this.opening = false;
      this.#host.requestUpdate();
    }
  }

  readonly #takeAsked = () => {
    const photo = takeAskedPhoto();
    if (photo) void this.open(photo);
  };
}
