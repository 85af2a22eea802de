import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ENOUGH_PHOTOS } from '../../photos/enough-photos.ts';
import type { PhotoRecord } from '../../photos/record.ts';
import '../../ui/photo-thumbnail.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { planSentence } from './train-sentences.ts';
import type { TrainingSet } from './training-set.ts';

/** Photos shown as a taste of what will be learned from. */
const SHOWN = 5;

/** What the first training will do. The button that starts it comes as the element's content. */
@customElement('pp-ready-card')
export class ReadyCard extends LitElement {
  @property({ attribute: false }) set: TrainingSet | undefined;
  /** The base is to be fine-tuned too. */
  @property({ type: Boolean }) fineTunes = false;
  /** Newest first. */
  @property({ attribute: false }) photos: readonly PhotoRecord[] = [];

  override render() {
    if (!this.set) return nothing;
    const few = this.set.classes.some(({ photos }) => photos < ENOUGH_PHOTOS);
    return html`<div class="card">
      <div class="strip" aria-hidden="true">
        ${mixed(this.photos, this.set).map(
          ({ id }) => html`<pp-photo-thumbnail .photoId=${id}></pp-photo-thumbnail>`,
        )}
      </div>
      <h2>Ready to learn</h2>
      <p>${planSentence(this.set.counts)}</p>
      <p class="quiet">
        ${
          few
            ? `It works with few photos, and better with ${ENOUGH_PHOTOS} or more of each kind.`
            : `It takes ${this.fineTunes ? 'minutes' : 'seconds'}, and your photos stay here.`
        }
      </p>
      <slot></slot>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: grid;
        gap: 8px;
      }
      .strip {
        display: grid;
        grid-template-columns: repeat(${SHOWN}, 1fr);
        gap: 6px;
        margin-bottom: 8px;
      }
      pp-photo-thumbnail {
        aspect-ratio: 1;
        border-radius: 14px;
      }
      slot {
        display: block;
        margin-top: 10px;
      }
    `,
  ];
}

/** The newest photos of each class, in turns. */
function mixed(photos: readonly PhotoRecord[], { classes }: TrainingSet): PhotoRecord[] {
  const byClass = classes.map(({ id }) => photos.filter(({ classId }) => classId === id));
  const turns = Array.from({ length: SHOWN }, (_, turn) =>
    byClass.flatMap((ofClass) => ofClass[turn] ?? []),
  );
  return turns.flat().slice(0, SHOWN);
}
