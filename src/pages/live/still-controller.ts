import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { askedPhotos, takeAskedPhoto } from '../../session/asked-photo.ts';
import { grab } from '../../camera/grab.ts';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { decodeFile } from '../../photos/import/decode-file.ts';
import { Problem } from '../../platform/problem.ts';
import type { LiveAnswer } from '../../widgets/answer/live-answer.ts';
import { notify } from '../../ui/notice.ts';
import { StillAnswer } from './still-answer.ts';
import { stillOf, type StillPicture } from './still-picture.ts';

/** The picture in the camera's place, if there is one, and what is said of it. */
export class StillController implements ReactiveController {
  picture: StillPicture | undefined;
  /** A photo is being opened. */
  opening = false;
  readonly said: StillAnswer;
  readonly #host: ReactiveControllerHost & EventTarget;
  /** Counts what was asked to be shown: only the newest is. */
  #shows = 0;

  constructor(host: ReactiveControllerHost & EventTarget, client: LearningClient) {
    this.#host = host;
    this.said = new StillAnswer(host, client);
    host.addController(this);
  }

  hostConnected(): void {
    askedPhotos.addEventListener('photo', this.#takeAsked);
    this.#takeAsked();
  }

  hostDisconnected(): void {
    askedPhotos.removeEventListener('photo', this.#takeAsked);
    // Who comes back wants the camera.
    this.close();
  }

  /**
   * Keeps the frame that a video shows now.
   *
   * @param before what was said of it
   */
  async freeze(
    video: HTMLVideoElement,
    mirrored: boolean,
    before: LiveAnswer | undefined,
  ): Promise<void> {
    const frame = grab(video);
    await this.#show(frame, (frame) => stillOf(frame, 'frozen', mirrored), {
      before,
      failure: msg('The picture could not be frozen. Try again.'),
    });
  }

  /** Shows a photo, of which nothing is stored. Says why where it cannot be opened. */
  async open(photo: Blob): Promise<void> {
    this.opening = true;
    await this.#show(decodeFile(photo), (picture) => stillOf(picture, 'photo'), {
      failure: msg('This photo could not be opened.'),
    });
  }

  /** Shows the first of some files. */
  openFirst([file, ...others]: readonly File[]): void {
    if (!file) return;
    if (others.length > 0)
      notify(this.#host, { text: msg('One photo at a time: this is the first.') });
    void this.open(file);
  }

  /** Gives the place back to the camera. */
  close(): void {
    this.#shows++;
    this.picture = undefined;
    this.opening = false;
    this.said.show(undefined);
    this.#host.requestUpdate();
  }

  async #show<Source extends VideoFrame | ImageBitmap>(
    coming: Promise<Source>,
    make: (source: Source) => StillPicture,
    { before, failure }: { before?: LiveAnswer | undefined; failure: string },
  ): Promise<void> {
    const show = ++this.#shows;
    this.#host.requestUpdate();
    try {
      const source = await coming;
      try {
        if (show !== this.#shows) return;
        this.picture = make(source);
        this.said.show(this.picture, before);
      } finally {
        source.close();
      }
    } catch (thrown) {
      if (show !== this.#shows) return;
      notify(this.#host, { text: Problem.from(thrown, failure).message, tone: 'wrong' });
    } finally {
      if (show === this.#shows) this.opening = false;
      this.#host.requestUpdate();
    }
  }

  readonly #takeAsked = () => {
    const photo = takeAskedPhoto();
    if (photo) void this.open(photo);
  };
}
