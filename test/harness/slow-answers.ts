/** LiveAnswers before a classifier that takes its time: `(await harness.slowAnswers()).…`. */
import type { ModelRecord } from '../../src/records/model.ts';
import { LiveAnswers, type Classifier } from '../../src/widgets/answer/live-answers-controller.ts';
import type { Classification } from '../../src/records/classification.ts';

const SIZE = 320;
/** Milliseconds from one frame to the next. */
const FRAME = 33;

/** What the classifier saw: numbers of frames. */
interface Question {
  /** Of the frame that it was asked about. */
  readonly about: number;
  /** That the camera showed when it was asked. */
  readonly newest: number;
  /** Questions without an answer then, this one among them. */
  readonly open: number;
}

const CLASSES = [
  { id: 'cat', name: 'Cat', palette: 0 },
  { id: 'dog', name: 'Dog', palette: 1 },
];

/**
 * Watches a video whose frames carry their number, for some time, with a classifier that takes
 * `delay` milliseconds a picture.
 *
 * @param hide hides the page for the second half
 * @returns the questions, and the frames that the video presented
 */
export async function watchSlowly(delay: number, milliseconds: number, hide = false) {
  const film = document.createElement('canvas');
  film.width = film.height = SIZE;
  const context = film.getContext('2d')!;
  let number = 0;
  const shoot = () => {
    number++;
    context.fillStyle = `rgb(${number % 256} ${Math.floor(number / 256)} 0)`;
    context.fillRect(0, 0, SIZE, SIZE);
  };
  const shooting = setInterval(shoot, FRAME);
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = film.captureStream();
  document.body.append(video);
  await video.play();

  const questions: Question[] = [];
  let open = 0;
  const model = { id: 'slow', name: 'Slow', classes: CLASSES } as unknown as ModelRecord;
  const classifier: Classifier = {
    status: { phase: 'ready', progress: 1, pendingPhotos: 0, unreadablePhotos: [], model },
    classify: async (frame): Promise<Classification> => {
      open++;
      questions.push({ about: numberOf(frame), newest: number, open });
      frame.close();
      await new Promise((resolve) => setTimeout(resolve, delay));
      open--;
      return { probabilities: [0.1, 0.9], novelty: 0, modelId: 'slow', milliseconds: delay };
    },
  };
  const host = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const answers = new LiveAnswers(host, classifier);
  let presented = 0;
  const count = () => {
    presented++;
    video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  answers.watch(video);
  await new Promise((resolve) => setTimeout(resolve, milliseconds / 2));
  const asked = questions.length;
  if (hide) Object.defineProperty(document, 'hidden', { configurable: true, value: true });
  await new Promise((resolve) => setTimeout(resolve, milliseconds / 2));
  const askedHidden = questions.length - asked;
  if (hide) Object.defineProperty(document, 'hidden', { configurable: true, value: false });
  const shownAgain = questions.length;
  await new Promise((resolve) => setTimeout(resolve, 10 * FRAME + delay));
  const seconds = (milliseconds + 10 * FRAME + delay) / 1000;
  answers.watch(undefined);
  const ended = questions.length;
  await new Promise((resolve) => setTimeout(resolve, 10 * FRAME + delay));
  clearInterval(shooting);
  video.remove();
  return {
    questions,
    presentedPerSecond: presented / seconds,
    drawnPerSecond: number / seconds,
    askedHidden,
    askedAfter: questions.length - shownAgain,
    askedAfterEnd: questions.length - ended,
  };
}

function numberOf(frame: VideoFrame | ImageBitmap): number {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d')!;
  context.drawImage(frame, 0, 0, 1, 1);
  const [red = 0, green = 0] = context.getImageData(0, 0, 1, 1).data;
  return 256 * green + red;
}
