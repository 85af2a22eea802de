import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import type { EngineStatus } from '../../records/engine.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import '../../widgets/library/photo-thumbnail.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './training-plan.ts';
import type { TrainingSet } from '../../photos/training-set.ts';
import type { TrainingEstimate, TrainOptions } from '../../records/training.ts';

/** Number of photos shown as a preview of the training set. */
const PREVIEW_PHOTOS = 5;

/** Describes the next training. The slot is for the buttons that start and change it. */
@customElement('pp-ready-card')
export class ReadyCard extends LitElement {
  @property({ attribute: false }) accessor set: TrainingSet | undefined;
  @property({ attribute: false }) accessor estimate: TrainingEstimate | 'none' | undefined;
  @property({ attribute: false }) accessor options: TrainOptions | undefined;
  @property({ attribute: false }) accessor status: EngineStatus | undefined;
  /** Whether there is a model already. */
  @property({ type: Boolean }) accessor again = false;
  /** The library's photos, newest first. */
  @property({ attribute: false }) accessor photos: readonly PhotoRecord[] = [];

  override render() {
    if (!this.set) return nothing;
    const few = this.set.learned.some(({ photos }) => photos < ENOUGH_PHOTOS);
    return html`<div class="card">
      ${
        this.again
          ? html`<h2>${msg('Train again')}</h2>`
          : html`<div class="strip" aria-hidden="true">
                ${interleaved(this.photos, this.set).map(
                  ({ id }) => html`<pp-photo-thumbnail .photoId=${id}></pp-photo-thumbnail>`,
                )}
              </div>
              <h2>${msg('Ready to learn')}</h2>`
      }
      <pp-training-plan
        .set=${this.set}
        .estimate=${this.estimate}
        .options=${this.options}
        .status=${this.status}
      ></pp-training-plan>
      ${
        few && !this.again
          ? html`<p class="quiet">
              ${msg(str`It works with few photos, and better with ${ENOUGH_PHOTOS} or more of each kind.`)}
            </p>`
          : nothing
      }
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
        grid-template-columns: repeat(${PREVIEW_PHOTOS}, 1fr);
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

/** The newest photos, alternating between the classes; at most `PREVIEW_PHOTOS`. */
function interleaved(photos: readonly PhotoRecord[], { learned }: TrainingSet): PhotoRecord[] {
  const byClass = learned.map(({ id }) => photos.filter(({ classId }) => classId === id));
  const rounds = Array.from({ length: PREVIEW_PHOTOS }, (_, round) =>
    byClass.flatMap((ofClass) => ofClass[round] ?? []),
  );
  return rounds.flat().slice(0, PREVIEW_PHOTOS);
}
