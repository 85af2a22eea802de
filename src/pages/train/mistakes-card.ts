import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Mistake, ModelClass } from '../../models/record.ts';
import { classColour } from '../../ui/class-colour.ts';
import { inSentence } from '../../ui/class-words.ts';
import { percent } from '../../ui/phrases.ts';
import '../../ui/photo-thumbnail.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { styleMap } from '../../ui/style-map.ts';

/** Test photos that the model was surest about, and wrong: a strip to swipe through. */
@customElement('pp-mistakes-card')
export class MistakesCard extends LitElement {
  @property({ attribute: false }) classes: readonly ModelClass[] = [];
  /** The surest first; each photo is still there. */
  @property({ attribute: false }) mistakes: readonly Mistake[] = [];

  override render() {
    if (this.mistakes.length === 0) return nothing;
    return html`<div class="card" data-mistakes=${this.mistakes.length}>
      <h2>Most confident mistakes</h2>
      <p class="quiet">A wrong label, or something that your photos do not show it yet.</p>
      <ul tabindex="0" aria-label="Most confident mistakes">
        ${this.mistakes.map((mistake) => this.#mistake(mistake))}
      </ul>
    </div>`;
  }

  #mistake({ photoId, truth, answer, probability }: Mistake) {
    return html`<li>
      <pp-photo-thumbnail .photoId=${photoId}></pp-photo-thumbnail>
      <span>Is ${this.#name(truth)}</span>
      <span>said ${this.#name(answer)}, ${percent(probability)}</span>
    </li>`;
  }

  #name(index: number) {
    const record = this.classes[index];
    if (!record) return nothing;
    return html`<strong style=${styleMap({ color: classColour(record.palette) })}
      >${inSentence(record.name)}</strong
    >`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        padding-bottom: 8px;
      }
      ul {
        display: flex;
        gap: 10px;
        margin: 8px -20px 0;
        padding: 4px 20px 12px;
        overflow-x: auto;
        overscroll-behavior-x: contain;
        scrollbar-width: thin;
        list-style: none;
      }
      ul:focus-visible {
        outline-offset: -3px;
        border-radius: 12px;
      }
      li {
        display: grid;
        flex: none;
        align-content: start;
        width: 116px;
        font-size: 13px;
      }
      span {
        overflow-wrap: anywhere;
      }
      pp-photo-thumbnail {
        margin-bottom: 6px;
        aspect-ratio: 1;
        border-radius: 14px;
      }
    `,
  ];
}
