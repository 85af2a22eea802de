import { drawSquare } from '../image/draw-square.ts';
import { steadyAnswer, type SteadyAnswer } from '../widgets/answer/steady-answer.ts';
import { startAnswering, type AnswerPictures } from './answering/answering.ts';
import { Camera } from './camera.ts';
import { phrasesOf } from './phrases.ts';
import { readPage } from './read-page.ts';
import { View } from './view.ts';

/** Side of the photo as it is shown, in pixels. */
const SHOWN_SIZE = 960;

/** @param script the text of the page's script */
export function startPage(script: string): void {
  const data = readPage();
  const view = new View(data, phrasesOf(data.facts, navigator.languages));
  const page = new Page(view, data.size, startAnswering(data.packed, script));
  page.listen();
}

class Page {
  readonly #view: View;
  readonly #size: number;
  readonly #answer: AnswerPictures;
  readonly #camera: Camera;
  /** Counts pictures: an answer to an older one is dropped. */
  #turn = 0;
  /** The model is asked about one picture at a time. */
  #asked: Promise<unknown> = Promise.resolve();

  constructor(view: View, size: number, answer: AnswerPictures) {
    this.#view = view;
    this.#size = size;
    this.#answer = answer;
    this.#camera = new Camera(view.video);
  }

  listen(): void {
    const { camera, other, file, stage } = this.#view;
    camera.addEventListener('click', () => void this.#toggleCamera());
    other.addEventListener('click', () => {
      this.#camera.turn();
      void this.#openCamera();
    });
    file.addEventListener('change', () => {
      const [chosen] = file.files ?? [];
      if (chosen) void this.#showPhoto(chosen);
      // The same file again is a change too.
      file.value = '';
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.#camera.isOpen) this.#closeCamera();
    });
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      document.addEventListener(type, (event) => {
        event.preventDefault();
        stage.classList.toggle('over', type === 'dragenter' || type === 'dragover');
        const [dropped] = event.dataTransfer?.files ?? [];
        if (type === 'drop' && dropped) void this.#showPhoto(dropped);
      });
    }
    document.addEventListener('paste', ({ clipboardData }) => {
      const [pasted] = clipboardData?.files ?? [];
      if (pasted) void this.#showPhoto(pasted);
    });
  }

  async #toggleCamera(): Promise<void> {
    if (this.#camera.isOpen) this.#closeCamera();
    else await this.#openCamera();
  }

  async #openCamera(): Promise<void> {
    const view = this.#view;
    const turn = ++this.#turn;
    view.showProblem(undefined);
    view.showWaiting('opening');
    const hindrance = await this.#camera.open(() => {
      if (turn === this.#turn) this.#closeCamera();
    });
    // A photo was chosen while the browser asked for permission.
    if (turn !== this.#turn) {
      this.#camera.close();
      return;
    }
    if (hindrance) {
      this.#closeCamera();
      view.showProblem(hindrance);
      return;
    }
    view.showCamera(true);
    view.showPicture('camera');
    view.showWaiting('looking');
    void this.#camera.hasOther().then((has) => (view.other.hidden = !has));
    await this.#watch(turn);
  }

  #closeCamera(): void {
    this.#turn++;
    this.#camera.close();
    this.#view.showCamera(false);
    this.#view.other.hidden = true;
    this.#view.showPicture(undefined);
    this.#view.showWaiting(undefined);
  }

  /** Asks about frame after frame until the turn is over. */
  async #watch(turn: number): Promise<void> {
    let before: SteadyAnswer | undefined;
    let at = performance.now();
    while (turn === this.#turn) {
      await new Promise(requestAnimationFrame);
      const frame = await this.#camera.frame();
      if (!frame) continue;
      const answer = await this.#ask(frame, turn);
      if (!answer) return;
      const now = performance.now();
      before = steadyAnswer(before, answer, now - at);
      at = now;
      this.#view.showAnswer(before, false);
    }
  }

  async #showPhoto(file: File): Promise<void> {
    const view = this.#view;
    const turn = ++this.#turn;
    view.showProblem(undefined);
    let picture: ImageBitmap;
    try {
      picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch {
      if (turn === this.#turn) view.showProblem('unreadable');
      return;
    }
    if (turn !== this.#turn) return;
    this.#camera.close();
    view.showCamera(false);
    view.other.hidden = true;
    const shown = drawSquare(
      picture,
      Math.min(SHOWN_SIZE, Math.max(picture.width, picture.height)),
    );
    view.photo.width = view.photo.height = shown.width;
    view.photo.getContext('2d')!.drawImage(shown, 0, 0);
    view.showPicture('photo');
    view.showWaiting('looking');
    const answer = await this.#ask(picture, turn);
    if (answer) view.showAnswer(steadyAnswer(undefined, answer, 0), true);
  }

  /** The model's answer; undefined if the turn is over meanwhile. Closes the picture. */
  async #ask(picture: ImageBitmap, turn: number) {
    const context = drawSquare(picture, this.#size).getContext('2d')!;
    const { data } = context.getImageData(0, 0, this.#size, this.#size);
    picture.close();
    try {
      const asked = this.#asked.then(() => this.#answer(data));
      this.#asked = asked.catch(() => undefined);
      const answer = await asked;
      return turn === this.#turn ? answer : undefined;
    } catch {
      this.#closeCamera();
      this.#view.showProblem('broken');
      return undefined;
    }
  }
}
