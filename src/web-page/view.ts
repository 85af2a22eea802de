import { percentages } from '../widgets/answer/smoothing.ts';
import type { SteadyAnswer } from '../widgets/answer/steady-answer.ts';
import type { Phrases } from './phrases.ts';
import type { PageData } from './read-page.ts';

/** The elements of the page, in the reader's language. */
export class View {
  readonly video = element('video') as HTMLVideoElement;
  readonly photo = element('photo') as HTMLCanvasElement;
  readonly stage = element('stage');
  readonly camera = element('camera') as HTMLButtonElement;
  readonly other = element('other') as HTMLButtonElement;
  readonly file = element('file') as HTMLInputElement;
  readonly #data: PageData;
  readonly #phrases: Phrases;
  readonly #bars: { readonly bar: HTMLElement; readonly percent: HTMLElement }[];

  constructor(data: PageData, phrases: Phrases) {
    this.#data = data;
    this.#phrases = phrases;
    const { texts, code, direction } = phrases;
    document.documentElement.lang = code;
    document.documentElement.dir = direction;
    element('name').textContent = data.facts.name;
    for (const each of document.querySelectorAll<HTMLElement>('[data-text]')) {
      each.textContent = texts[each.dataset['text'] as keyof typeof texts];
    }
    this.photo.setAttribute('aria-label', texts.picture);
    this.video.setAttribute('aria-label', texts.picture);
    element('bars').setAttribute('aria-label', texts.probabilities);
    element('made').textContent = `${texts.made} ${data.facts.appVersion}`;
    element('model-card').textContent = data.modelCard;
    this.#bars = data.labels.map((label, i) => addBar(label, data.facts.palette[i] ?? i));
    this.#addRows();
    this.showCamera(false);
  }

  /** Which of the two pictures is seen; without one, what to do first. */
  showPicture(kind: 'camera' | 'photo' | undefined): void {
    this.video.hidden = kind !== 'camera';
    this.photo.hidden = kind !== 'photo';
    element('start').hidden = kind !== undefined;
  }

  showCamera(isOpen: boolean): void {
    const { texts } = this.#phrases;
    this.camera.textContent = isOpen ? texts.closeCamera : texts.openCamera;
    this.camera.classList.toggle('primary', !isOpen);
  }

  /** @param kind a text; undefined when all is well */
  showProblem(
    kind: 'insecure' | 'refused' | 'noCamera' | 'unreadable' | 'broken' | undefined,
  ): void {
    const problem = element('problem');
    problem.hidden = kind === undefined;
    problem.textContent = kind ? this.#phrases.texts[kind] : '';
    problem.dataset['kind'] = kind ?? '';
  }

  /** What is seen before there is an answer. */
  showWaiting(text: 'opening' | 'looking' | undefined): void {
    this.#showAnswer(text ? this.#phrases.texts[text] : '', '', undefined);
    this.#bars.forEach((_, i) => {
      this.#setBar(i, 0, '–');
    });
  }

  /** @param isStill whether screen readers are told at once */
  showAnswer(answer: SteadyAnswer, isStill: boolean): void {
    const { texts, percent } = this.#phrases;
    const label = this.#data.labels[answer.index] ?? '';
    const words = answer.sure ? label : texts.notSure;
    const colour = answer.sure ? this.#data.facts.palette[answer.index] : undefined;
    this.#showAnswer(words, answer.unfamiliar ? texts.unfamiliar : '', colour);
    element('answer').dataset['novelty'] = String(answer.novelty);
    percentages(answer.probabilities).forEach((whole, i) => {
      this.#setBar(i, answer.probabilities[i]!, percent(whole / 100));
    });
    // Of the camera's answers, only changes of the name.
    const spoken = element('spoken');
    const sentence = isStill && answer.sure ? `${words}, ${percent(answer.topProbability)}` : words;
    if (spoken.textContent !== sentence) spoken.textContent = sentence;
  }

  #showAnswer(words: string, remark: string, palette: number | undefined): void {
    const top = element('answer');
    top.textContent = words;
    top.style.color = palette === undefined ? '' : `var(--class-${palette})`;
    element('remark').textContent = remark;
  }

  #setBar(index: number, fraction: number, words: string): void {
    const { bar, percent } = this.#bars[index]!;
    bar.style.width = `${100 * fraction}%`;
    percent.textContent = words;
    // The exact value, for whoever compares.
    percent.dataset['value'] = String(fraction);
  }

  #addRows(): void {
    const { photos, test, createdAt, base } = this.#data.facts;
    const { texts, count, percent, date } = this.#phrases;
    const rows: [string, string][] = [
      [texts.date, date(createdAt)],
      [texts.learnedFrom, photos === undefined ? texts.elsewhere : count(photos)],
    ];
    if (test) {
      rows.push(
        [texts.testPhotos, `${count(test.correct)} / ${count(test.count)}`],
        [texts.likely, `${percent(test.interval.low)} – ${percent(test.interval.high)}`],
      );
    }
    rows.push([texts.base, base.name], [texts.licence, base.licence]);
    for (const [name, value] of rows) {
      element('about-rows').append(withText('dt', name), withText('dd', value));
    }
  }
}

function addBar(label: string, palette: number): { bar: HTMLElement; percent: HTMLElement } {
  const row = document.createElement('dd');
  const track = document.createElement('span');
  track.className = 'track';
  const bar = document.createElement('span');
  bar.className = 'bar';
  bar.style.setProperty('--colour', `var(--class-${palette})`);
  track.append(bar);
  const percent = withText('span', '–');
  percent.className = 'percent';
  row.append(track, percent);
  element('bars').append(withText('dt', label), row);
  return { bar, percent };
}

function withText(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}
