import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelClass, ModelRecord } from '../../models/record.ts';
import type { Problem } from '../../problem.ts';
import { classColour } from '../../ui/class-colour.ts';
import { aClass } from '../../ui/class-words.ts';
import { percent, photoCount } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';
import './answer-bars.ts';
import type { LiveAnswer } from '../../ui/live-answers.ts';
import { SpokenAnswer } from './spoken-answer.ts';

/**
 * What the model says now, how sure it is, and a button for each class that keeps the picture on
 * the screen under that label.
 *
 * Event: `correct`, with the class in `detail`.
 */
@customElement('pp-answer-sheet')
export class AnswerSheet extends LitElement {
  @property({ attribute: false }) model!: ModelRecord;
  @property({ attribute: false }) answer: LiveAnswer | undefined;
  /** Why there is no answer. */
  @property({ attribute: false }) problem: Problem | undefined;
  /** Whether there is a picture that could be kept. */
  @property({ type: Boolean }) canKeep = false;
  readonly #spoken = new SpokenAnswer();

  override render() {
    const { model, answer } = this;
    return html`
      <p class="quiet">
        ${answer?.unfamiliar ? 'Unlike any photo it has learned from' : modelLine(model)}
      </p>
      <p
        class="answer"
        data-answer=${answer ? (answer.sure ? answer.top.id : 'unsure') : nothing}
        style=${styleMap({ color: answer?.sure ? classColour(answer.top.palette) : undefined })}
      >
        ${this.#words()}
      </p>
      <p class="visually-hidden" aria-live="polite">
        ${answer ? this.#spoken.hear(this.#words(), performance.now()) : nothing}
      </p>
      <pp-answer-bars
        .classes=${model.classes}
        .probabilities=${answer?.probabilities}
      ></pp-answer-bars>
      <div class="labels" role="group" aria-label="Keep this picture">
        ${model.classes.map((record) => this.#label(record))}
      </div>
    `;
  }

  #words(): string {
    if (this.answer) return this.answer.sure ? this.answer.top.name : 'Not sure';
    if (this.problem) return 'No answer';
    return this.canKeep ? 'Looking…' : 'No picture';
  }

  #label(record: ModelClass) {
    const { palette, id, name } = record;
    return html`<button
      data-correct=${id}
      ?disabled=${!this.canKeep}
      style=${styleMap({ background: classColour(palette, '-soft'), color: classColour(palette) })}
      @click=${() => this.dispatchEvent(new CustomEvent('correct', { detail: record }))}
    >
      It’s ${aClass(name)}
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
      .answer {
        margin: -12px 0 -4px;
        overflow-wrap: anywhere;
        font-size: 38px;
        font-weight: 800;
        line-height: 1.2;
        letter-spacing: -0.02em;
      }
      .labels {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 4px;
      }
      .labels button {
        flex: 1 1 40%;
        min-height: 52px;
        border: 0;
        font-weight: 700;
      }
    `,
  ];
}

/** "Model 3 · 96 % on 24 test photos". */
function modelLine({ name, test }: ModelRecord): string {
  if (!test || test.count === 0) return `${name} · not tested yet: no test photos`;
  return `${name} · ${percent(test.correct / test.count)} on ${photoCount(test.count, 'test')}`;
}
