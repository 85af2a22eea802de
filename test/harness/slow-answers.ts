/**
 * LiveAnswers before a classifier that answers only when a test lets it:
 * `(await harness.slowAnswers()).…`. What is counted are frames and questions, never time.
 */
import type { Classification } from '../../src/records/classification.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import { LiveAnswers, type Classifier } from '../../src/widgets/answer/live-answers-controller.ts';

const SIZE = 320;
/** Milliseconds from one frame of the camera to the next. */
const FRAME_MS = 33;

const CLASSES = [
  { id: 'cat', name: 'Cat', palette: 0 },
  { id: 'dog', name: 'Dog', palette: 1 },
];

/** A question to the classifier that is not answered yet. */
interface Question {
  /** Number of the frame that it is about. */
  readonly about: number;
  readonly answer: () => void;
}

/** Watches a video whose frames carry their number, from 1. */
export class SlowAnswers {
  /** Questions so far. */
  asked = 0;
  /** The most questions that were open at once. */
  mostOpen = 0;
  readonly #open: Question[] = [];
  readonly #video = document.createElement('video');
  readonly #film = document.createElement('canvas');
  readonly #answers: LiveAnswers;
  readonly #shooting: ReturnType<typeof setInterval>;
  #drawn = 0;

  constructor() {
    this.#film.width = this.#film.height = SIZE;
    this.#shooting = setInterval(() => {
      this.#draw();
    }, FRAME_MS);
    const model = { id: 'slow', name: 'Slow', classes: CLASSES } as unknown as ModelRecord;
    const classifier: Classifier = {
      status: { phase: 'ready', progress: 1, pendingPhotos: 0, unreadablePhotos: [], model },
      classify: (frame) => this.#classify(frame),
    };
    const host = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: () => undefined,
      updateComplete: Promise.resolve(true),
    };
    this.#answers = new LiveAnswers(host, classifier);
  }

  async watch(): Promise<void> {
    this.#draw();
    this.#video.muted = true;
    this.#video.srcObject = this.#film.captureStream();
    document.body.append(this.#video);
    await this.#video.play();
    this.#answers.watch(this.#video);
  }

  /** Ends the watching; the camera goes on. */
  unwatch(): void {
    this.#answers.watch(undefined);
  }

  close(): void {
    clearInterval(this.#shooting);
    this.#video.remove();
  }

  /** Waits until the video has presented so many more frames; gives the number of the last one. */
  async frames(count: number): Promise<number> {
    for (let i = 0; i < count; i++) {
      await new Promise((resolve) => this.#video.requestVideoFrameCallback(resolve));
    }
    return numberOf(this.#video);
  }

  /** Waits until a question is open; gives the number of the frame that it is about. */
  async question(): Promise<number> {
    while (this.#open.length === 0) await new Promise(requestAnimationFrame);
    return this.#open[0]!.about;
  }

  /** Answers the open question. */
  answer(): void {
    this.#open.shift()!.answer();
  }

  #draw(): void {
    const number = ++this.#drawn;
    const context = this.#film.getContext('2d')!;
    context.fillStyle = `rgb(${number % 256} ${Math.floor(number / 256)} 0)`;
    context.fillRect(0, 0, SIZE, SIZE);
  }

  async #classify(frame: VideoFrame | ImageBitmap): Promise<Classification> {
    const about = numberOf(frame);
    frame.close();
    this.asked++;
    await new Promise<void>((answer) => {
      this.#open.push({ about, answer });
      this.mostOpen = Math.max(this.mostOpen, this.#open.length);
    });
    return { probabilities: [0.1, 0.9], novelty: 0, modelId: 'slow', milliseconds: 1 };
  }
}

function numberOf(frame: VideoFrame | ImageBitmap | HTMLVideoElement): number {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d')!;
  context.drawImage(frame, 0, 0, 1, 1);
  const [red = 0, green = 0] = context.getImageData(0, 0, 1, 1).data;
  return 256 * green + red;
}
