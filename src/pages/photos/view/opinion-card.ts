import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../../../i18n/msg.ts';
import { presentClasses } from '../../../models/present-classes.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import type { Problem } from '../../../platform/problem.ts';
import '../../../widgets/answer/answer-bars.ts';
import { icon } from '../../../ui/icons.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import type { Opinion } from './photo-opinion.ts';
import { opinionWords } from './opinion-sentence.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * The current model's answer for a photo.
 *
 * Event: `heat-map` to show or hide the heat map.
 */
@customElement('pp-opinion-card')
export class OpinionCard extends LitElement {
  @property({ attribute: false }) accessor opinion: Opinion | undefined;
  /** Error that prevented an answer. */
  @property({ attribute: false }) accessor problem: Problem | undefined;
  /** Whether a model is going to answer. */
  @property({ type: Boolean }) accessor asked = false;
  @property({ attribute: false }) accessor photo!: PhotoRecord;
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Whether the heat map is shown over the photo. */
  @property({ type: Boolean }) accessor heat = false;

  override render() {
    const { opinion, problem } = this;
    if (problem) return html`<p class="quiet" role="status">${problem.message}</p>`;
    if (!opinion && !this.asked)
      return html`<p class="quiet">
        ${msg('After a training, your model’s answer stands here.')}
      </p>`;
    if (!opinion)
      return html`<p class="quiet" role="status">${msg('Your model looks at this photo…')}</p>`;
    const { classification } = opinion;
    const classes = presentClasses(opinion.model.classes, this.classes);
    const learned = opinion.model.photoIds.train.includes(this.photo.id);
    const words = opinionWords(classification, classes, this.photo.classId, learned);
    return html`<section aria-label=${msg('What your model says')} data-opinion>
      <div class="title">
        <h2 ?data-disagrees=${words.disagrees}>
          ${words.disagrees ? icon('warning') : nothing} ${words.title}
        </h2>
        ${
          classification.heatMap
            ? html`<button
                aria-pressed=${this.heat}
                data-action="heat-map"
                @click=${() => this.dispatchEvent(new Event('heat-map'))}
              >
                ${icon('heat-map')} ${msg('Why')}
              </button>`
            : nothing
        }
      </div>
      <p class="quiet">${words.sentence}</p>
      <pp-answer-bars
        .classes=${classes}
        .probabilities=${classification.probabilities}
      ></pp-answer-bars>
    </section>`;
  }

  static override styles = [
    sharedStyles,
    css`
      section {
        display: grid;
        gap: 6px;
      }
      .title {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      h2[data-disagrees] {
        color: var(--wrong);
      }
      h2 svg {
        flex: none;
      }
      button[aria-pressed='true'] {
        border-color: transparent;
        background: var(--press);
        color: var(--on-press);
      }
      pp-answer-bars {
        margin-top: 6px;
      }
    `,
  ];
}
