import { drawSquare } from '../image/draw-square.ts';
import { encodeJpeg, PHOTO_SIZE } from '../image/encode.ts';
import { msg } from '../i18n/msg.ts';
import type { LearningClient } from '../learning/api/learning-client.ts';
import { decodeFile } from '../photos/import/decode-file.ts';
import type { FoundPicture, RefusedFile } from '../photos/import/found-picture.ts';
import type { PictureSource } from '../photos/import/picture-source.ts';
import { Problem } from '../platform/problem.ts';
import { RunControl } from '../platform/run-control.ts';
import { Throttle } from '../platform/throttle.ts';
import type { Classification } from '../records/classification.ts';
import type { ModelRecord } from '../records/model.ts';
import { learning } from './learning.ts';

/** A picture and the model's answer. */
export interface AskedPicture {
  readonly picture: FoundPicture;
  /** A small JPEG of the square that the model saw. */
  readonly thumbnail: Blob;
  readonly model: ModelRecord;
  readonly classification: Classification;
}

/** What is asked about, and how far it is. */
interface AskState {
  readonly kind: 'looking' | 'asking' | 'done';
  /** Number of pictures; 0 while they are looked for. */
  readonly total: number;
  readonly answers: readonly AskedPicture[];
  readonly refused: readonly RefusedFile[];
  /** What ended it before the last picture, unless the person did. */
  readonly problem?: Problem;
}

/** Pictures that are decoded or classified at the same time. */
const CONCURRENCY = 2;
/** Width and height of a thumbnail in pixels, for a row of 56 CSS pixels. */
const THUMBNAIL_SIZE = 112;
const THUMBNAIL_QUALITY = 0.7;
/** Interval between two events for new answers in milliseconds: each renders the table. */
const CHANGE_EVERY_MS = 250;

/**
 * Asks the model about many pictures. Nothing is stored: a picture is read again if the person keeps
 * it; only the thumbnails and the answers are in memory. It continues while the person visits other
 * pages. A `change` event is fired when `state` or `paused` changes.
 */
class AskRun extends EventTarget {
  state: AskState | undefined;
  paused = false;
  readonly #client: Pick<LearningClient, 'classify' | 'status'>;
  #control: RunControl | undefined;
  #search: AbortController | undefined;

  constructor(client: Pick<LearningClient, 'classify' | 'status'>) {
    super();
    this.#client = client;
  }

  get running(): boolean {
    return this.#control !== undefined;
  }

  /** Asks about all pictures of a source; ends an earlier run. Never rejects: see `state`. */
  async start(source: PictureSource): Promise<void> {
    this.stop();
    const control = new RunControl({ onPause: () => this.#changed() });
    const search = new AbortController();
    this.#control = control;
    this.#search = search;
    const isCurrent = () => this.#control === control;
    const set = (state: Partial<AskState>) => {
      if (isCurrent()) this.state = { ...this.state!, ...state };
    };
    this.state = { kind: 'looking', total: 0, answers: [], refused: [] };
    this.#changed();
    try {
      const { pictures, refused, elsewhere } = await source.find({ signal: search.signal });
      const others = elsewhere.map(({ name, sentence: reason }) => ({ name, reason }));
      set({ kind: 'asking', total: pictures.length, refused: [...refused, ...others] });
      this.#changed();
      await this.#ask(pictures, control, set);
    } catch (thrown) {
      if (!control.signal.aborted) {
        set({ problem: Problem.from(thrown) });
        // The other picture that is being classified is the last one too.
        control.cancel();
      }
    }
    if (!isCurrent()) return;
    this.#end();
  }

  pause(): void {
    this.#control?.pause();
    this.paused = this.running;
    this.#changed();
  }

  resume(): void {
    this.#control?.resume();
    this.paused = false;
    this.#changed();
  }

  /** Ends the run; the answers so far stay. */
  stop(): void {
    if (!this.running) return;
    this.#search?.abort();
    this.#control?.cancel();
    this.#end();
  }

  /** Forgets the answers. */
  clear(): void {
    this.stop();
    this.state = undefined;
    this.#changed();
  }

  async #ask(
    pictures: readonly FoundPicture[],
    control: RunControl,
    set: (state: Partial<AskState>) => void,
  ): Promise<void> {
    const waiting = pictures.values();
    const answers: AskedPicture[] = [];
    const refused = [...this.state!.refused];
    const changing = new Throttle(
      () => {
        set({ answers: [...answers], refused: [...refused] });
        this.#changed();
      },
      (then) => setTimeout(then, CHANGE_EVERY_MS),
    );
    const work = async () => {
      for (const picture of waiting) {
        await control.yieldOrCancel();
        const result = await this.#askOne(picture);
        if ('reason' in result) refused.push(result);
        else answers.push(result);
        changing.call();
      }
    };
    try {
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
    } finally {
      set({ answers: [...answers], refused: [...refused] });
    }
  }

  /** @throws Problem of `classify`: it would refuse every other picture too */
  async #askOne(picture: FoundPicture): Promise<AskedPicture | RefusedFile> {
    let square: OffscreenCanvas;
    let thumbnail: Blob;
    try {
      square = await squareOf(await picture.read());
      const { bytes, type } = await encodeJpeg(
        drawSquare(square, THUMBNAIL_SIZE),
        THUMBNAIL_QUALITY,
      );
      thumbnail = new Blob([bytes], { type });
    } catch (thrown) {
      const { message } = Problem.from(thrown, msg('The file could not be read.'));
      return { name: picture.name, reason: message };
    }
    // A newer model may come between the answer and the status that names it.
    for (;;) {
      const { model } = this.#client.status;
      const classification = await this.#client.classify(await createImageBitmap(square));
      const now = this.#client.status.model;
      const answered = [model, now].find((one) => one?.id === classification.modelId);
      if (answered) return { picture, thumbnail, model: answered, classification };
    }
  }

  #end(): void {
    this.#control = undefined;
    this.paused = false;
    if (this.state) this.state = { ...this.state, kind: 'done' };
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The square of a picture, as an imported photo would have it. */
async function squareOf(file: Blob): Promise<OffscreenCanvas> {
  const picture = await decodeFile(file);
  try {
    return drawSquare(picture, Math.min(PHOTO_SIZE, picture.width, picture.height));
  } finally {
    picture.close();
  }
}

/** The instance of this page. */
export const askRun = new AskRun(learning);
