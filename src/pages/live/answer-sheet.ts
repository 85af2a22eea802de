import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { presentClasses } from '../../models/present-classes.ts';
import type { ModelClass, ModelRecord } from '../../records/model.ts';
import type { Problem } from '../../platform/problem.ts';
import { classColour } from '../../ui/class-colour.ts';
import { listOf, percent, testPhotoCount } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';
import '../../widgets/answer/answer-bars.ts';
import type { LiveAnswer } from '../../widgets/answer/live-answer.ts';
import { SpokenAnswer } from './spoken-answer.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * The model's current answer with its probabilities, and a button for each class that saves the
 * picture on the screen with that label.
 *
 * Event: `correct`, with the ClassRecord in `detail`.
 */
@customElement('pp-answer-sheet')
export class AnswerSheet extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  /** The library's classes; since the training they may have been renamed or added. */
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  @property({ attribute: false }) accessor answer: LiveAnswer | undefined;
  /** Why there is no answer. */
  @property({ attribute: false }) accessor problem: Problem | undefined;
  /** Whether the answer is about a still picture. */
  @property({ type: Boolean }) accessor still = false;
  /** Whether there is a picture to save. */
  @property({ type: Boolean }) accessor canKeep = false;
  readonly #spoken = new SpokenAnswer();
  /** The text for screen readers. */
  #announced = '';

  override willUpdate(): void {
    if (!this.answer) this.#announced = '';
    // A still picture is announced at once; of the camera's answers, only stable ones.
    else if (this.still) this.#announced = this.#words();
    else this.#announced = this.#spoken.update(this.#words(), performance.now());
  }

  override render() {
    const { model, answer } = this;
    const classes = presentClasses(model.classes, this.classes);
    return html`
      <p class="quiet">
        ${answer?.unfamiliar && !model.untrained ? msg('Unlike any photo it has learned from') : modelLine(model)}
      </p>
      ${this.#unknown()}
      <p
        class="answer"
        data-model=${answer?.model.id ?? nothing}
        data-answer=${answer ? (answer.sure ? answer.top.id : 'unsure') : nothing}
        style=${styleMap({ color: answer?.sure ? classColour(this.#top(answer).palette) : undefined })}
      >
        ${this.#words()}
      </p>
      <p class="visually-hidden" aria-live="polite">${this.#announced}</p>
      <pp-answer-bars .classes=${classes} .probabilities=${answer?.probabilities}></pp-answer-bars>
      <div
        class="labels"
        role="group"
        aria-label=${msg('Keep this picture')}
        ?data-many=${this.classes.length > 2}
      >
        ${this.classes.map((record) => this.#label(record))}
      </div>
    `;
  }

  #words(): string {
    if (this.answer) return this.answer.sure ? this.#top(this.answer).name : msg('Not sure');
    if (this.problem) return msg('No answer');
    return this.canKeep ? msg('Looking…') : msg('No picture');
  }

  #top({ top }: LiveAnswer): ModelClass {
    return presentClasses([top], this.classes)[0] ?? top;
  }

  /** Classes of the library that the model does not know, as they have too few photos, or are new. */
  #unknown() {
    const known = new Set(this.model.classes.map(({ id }) => id));
    const unknown = this.classes.filter(({ id }) => !known.has(id)).map(({ name }) => name);
    if (unknown.length === 0) return nothing;
    const names = listOf(unknown);
    return html`<p class="quiet unknown" data-unknown>
      ${msg(str`Not learned yet: ${names}`, { desc: 'names of classes' })}
    </p>`;
  }

  #label(record: ClassRecord) {
    const { palette, id, name } = record;
    return html`<button
      data-correct=${id}
      ?disabled=${!this.canKeep}
      style=${styleMap({ background: classColour(palette, '-soft'), color: classColour(palette) })}
      @click=${() => this.dispatchEvent(new CustomEvent('correct', { detail: record }))}
    >
      ${msg(str`It’s: ${name}`, { desc: 'button: what a picture shows, as in “It’s: Cat”' })}
    </button>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 12px;
      }
      .unknown {
        margin-top: -12px;
        overflow-wrap: anywhere;
      }
      .answer {
        margin: -12px 0 -4px;
        overflow-wrap: anywhere;
        font-size: 2.375rem;
        font-weight: 800;
        line-height: 1.2;
        letter-spacing: -0.02em;
      }
      /* More than two scroll horizontally, through the padding of the sheet too. */
      .labels {
        display: flex;
        flex: none;
        gap: 8px;
        margin-block: 4px 0;
        margin-inline: -20px;
        padding: 0 20px 4px;
        overflow-x: auto;
        scroll-padding: 20px;
        scroll-snap-type: x proximity;
        scrollbar-width: none;
      }
      .labels button {
        flex: 1 0 auto;
        max-width: 72%;
        min-height: 52px;
        border: 0;
        font-weight: 700;
        scroll-snap-align: start;
      }
      .labels:not([data-many]) button {
        flex: 1 1 0;
        max-width: none;
        overflow-wrap: anywhere;
      }
      @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
        .labels {
          flex-wrap: wrap;
          overflow: visible;
        }
      }
    `,
  ];
}

/** "Model 3 · 96 % on 24 test photos". */
function modelLine({ name, test, untrained }: ModelRecord): string {
  if (untrained) {
    return msg('The base’s own knowledge: it has not seen your photos yet');
  }
  if (!test || test.count === 0) return msg(str`${name} · not tested yet: no test photos`);
  const share = percent(test.correct / test.count);
  const testPhotos = testPhotoCount(test.count);
  return msg(str`${name} · ${share} on ${testPhotos}`, {
    desc: 'as in “Model 3 · 96% on 24 test photos”',
  });
}
