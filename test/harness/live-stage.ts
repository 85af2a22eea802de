/**
 * The Live page itself, before a camera that plays what a test draws: `(await harness.liveStage()).…`.
 */
import '../../src/app/drop-target.ts';
import '../../src/pages/live/live-page.ts';
import { askAbout } from '../../src/session/asked-photo.ts';
import { learning } from '../../src/session/learning.ts';
import type { Classification } from '../../src/records/classification.ts';
import { camera } from '../../src/camera/camera-stream.ts';

const CAMERA = { width: 480, height: 640, frameRate: 30 } as const;

const film = document.createElement('canvas');
film.width = CAMERA.width;
film.height = CAMERA.height;
let picture: CanvasImageSource | undefined;
let frames = 0;
let answered = 0;
let latest: Classification | undefined;

/** What the page said in notices. */
const notices: string[] = [];

/** Puts a picture before the camera. */
function show(next: CanvasImageSource): void {
  picture = next;
  shoot();
}

/** One frame: the picture in its centre square, what is above and below stretched from it. */
function shoot(): void {
  const context = film.getContext('2d')!;
  const { width, height } = CAMERA;
  if (picture) {
    context.drawImage(picture, 0, 0, width, height);
    context.drawImage(picture, 0, (height - width) / 2, width, width);
  }
  // So that each frame is another one.
  context.fillStyle = `rgb(${frames++ % 256} 0 0)`;
  context.fillRect(0, 0, 8, 8);
}

/** A camera that looks the way that is named, for whoever asks for one from now on. */
function install(facing: 'environment' | 'user'): void {
  navigator.mediaDevices.getUserMedia = () => {
    const stream = film.captureStream(CAMERA.frameRate);
    const [track] = stream.getVideoTracks();
    track!.getSettings = () => ({ facingMode: facing, width: CAMERA.width, height: CAMERA.height });
    return Promise.resolve(stream);
  };
  setInterval(shoot, 1000 / CAMERA.frameRate);
}

/** Opens the page on a phone's screen, on wasm, with the library and the models that are there. */
async function open(facing: 'environment' | 'user' = 'environment'): Promise<void> {
  install(facing);
  const page = document.createElement('pp-live-page');
  for (const [name, value] of Object.entries({ position: 'fixed', inset: '0' })) {
    page.style.setProperty(name, value);
  }
  window.addEventListener('pp-notice', (event) => notices.push(event.detail.text));
  document.querySelector('input')!.hidden = true;
  const dropTarget = document.createElement('pp-drop-target');
  dropTarget.setAttribute('route', 'live');
  document.body.append(page, dropTarget);
  const classify = learning.classify.bind(learning);
  learning.classify = (...question) =>
    classify(...question)
      .then((answer) => (latest = answer))
      .finally(() => {
        answered++;
      });
  await learning.start();
  await camera.open(facing);
}

/** Presses a correction, and waits for an answer of a model that learned from it. */
async function correct(classId: string): Promise<void> {
  const sheet = document
    .querySelector('pp-live-page')!
    .shadowRoot!.querySelector('pp-answer-sheet')!.shadowRoot!;
  const answer = sheet.querySelector('[data-answer]')!;
  const before = answer.getAttribute('data-model');
  sheet.querySelector<HTMLButtonElement>(`[data-correct="${classId}"]`)!.click();
  while (answer.getAttribute('data-model') === before) await new Promise(requestAnimationFrame);
}

/** Waits until the camera has shown so many more frames. */
async function moreFrames(count: number): Promise<void> {
  const last = frames + count;
  while (frames < last) await new Promise(requestAnimationFrame);
}

/** Waits until the model has answered so many more times. */
async function moreAnswers(count: number): Promise<void> {
  const last = answered + count;
  while (answered < last) await new Promise(requestAnimationFrame);
}

/** The model's latest answer, before it is smoothed. */
const latestAnswer = () => latest;

export {
  latestAnswer,
  open,
  show,
  correct,
  moreFrames,
  moreAnswers,
  notices,
  askAbout,
  learning,
  camera,
};
