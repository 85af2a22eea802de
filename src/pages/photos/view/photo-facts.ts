import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { learning } from '../../../session/learning.ts';
import { msg, str } from '../../../i18n/msg.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import '../../../widgets/result/augmented-pictures.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { photoCount } from '../../../ui/phrases.ts';
import '../../../widgets/library/photo-thumbnail.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import './opinion-card.ts';
import { photoFactsStyles } from './photo-facts-styles.ts';
import type { PhotoOpinion } from './photo-opinion.ts';
import { NO_LABEL, originSentence, SPLIT_SENTENCES, tileName } from '../photo-sentences.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * The details of a photo: its label, the model's answer, its origin, its part of the split, the
 * near-duplicates, and its augmented variants.
 *
 * Events: `relabel` with the ClassRecord, `turn` with another photo's id, `heat-map`.
 */
@customElement('pp-photo-facts')
export class PhotoFacts extends LitElement {
  @property({ attribute: false }) accessor photo!: PhotoRecord;
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Near-duplicates of the photo, without the photo itself. */
  @property({ attribute: false }) accessor alike: readonly PhotoRecord[] = [];
  @property({ attribute: false }) accessor asked!: PhotoOpinion;
  @property({ attribute: false }) accessor opinion: PhotoOpinion['opinion'];
  @property({ attribute: false }) accessor problem: PhotoOpinion['problem'];
  @property({ type: Boolean }) accessor heat = false;
  @state() private accessor variantsOpen = false;

  override render() {
    const use = SPLIT_SENTENCES[this.photo.split];
    return html`
      <div
        class="labels"
        role="group"
        aria-label=${msg('What it shows', { desc: 'the photo' })}
        ?data-many=${this.classes.length > 3}
      >
        ${this.classes.map((label) => this.#label(label))}
      </div>
      <pp-opinion-card
        .opinion=${this.opinion}
        .problem=${this.problem}
        .asked=${this.asked.model !== undefined}
        .photo=${this.photo}
        .classes=${this.classes}
        .heat=${this.heat}
        @heat-map=${() => this.dispatchEvent(new Event('heat-map'))}
      ></pp-opinion-card>
      <p>${originSentence(this.photo)}</p>
      <p><strong>${use.title}.</strong> <span class="quiet">${use.sentence}</span></p>
      ${this.alike.length > 0 ? this.#alike() : nothing}
      <details @toggle=${this.#onToggle}>
        <summary>${msg('Its augmented variants')}</summary>
        ${
          this.variantsOpen
            ? html`<p class="quiet">
                  ${msg('The first nine of the random changes that a training with augmentation learns from.')}
                </p>
                <pp-augmented-pictures
                  .client=${learning}
                  .photoId=${this.photo.id}
                ></pp-augmented-pictures>`
            : nothing
        }
      </details>
    `;
  }

  #label(label: ClassRecord) {
    const chosen = this.photo.classId === label.id;
    return html`<button
      data-class=${label.id}
      aria-pressed=${chosen}
      style=${styleMap({
        background: chosen ? classColour(label.palette, '-fill') : '',
        color: chosen ? 'var(--on-dark)' : classColour(label.palette),
      })}
      @click=${() => chosen || this.dispatchEvent(new CustomEvent('relabel', { detail: label }))}
    >
      ${chosen ? icon('check') : nothing} ${label.name}
    </button>`;
  }

  #alike() {
    const photos = photoCount(this.alike.length);
    return html`<section aria-label=${msg('Photos that look almost the same')} data-alike>
      <p class="quiet">
        ${msg(str`${photos} more of this burst or session, or that look almost the same; all on one side of the split.`)}
      </p>
      <div class="alike">
        ${this.alike.map((photo) => {
          const label = this.classes.find(({ id }) => id === photo.classId);
          return html`<button
            aria-label=${tileName(label?.name ?? NO_LABEL, photo)}
            @click=${() => this.dispatchEvent(new CustomEvent('turn', { detail: photo.id }))}
          >
            <pp-photo-thumbnail .photoId=${photo.id}></pp-photo-thumbnail>
          </button>`;
        })}
      </div>
    </section>`;
  }

  readonly #onToggle = (event: Event) => {
    this.variantsOpen = (event.target as HTMLDetailsElement).open;
  };

  static override styles = [sharedStyles, photoFactsStyles];
}
