import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { compareModels, type Comparison } from '../../models/compare-models.ts';
import type { ModelRecord, Outcome } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { fieldStyles } from '../../ui/field-styles.ts';
import { photoCount } from '../../ui/phrases.ts';
import { moreStyles } from './more-styles.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { chanceSentence, scoreSentence } from './comparison-sentences.ts';
import type { ClassRecord } from '../../records/class.ts';
import './predicted-photos.ts';

/**
 * Compares two models on the same test photos, with a significance test.
 *
 * Event: `compare-with` with the id of the model to compare with in `detail`.
 */
@customElement('pp-comparison-card')
export class ComparisonCard extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  @property({ attribute: false }) accessor other!: ModelRecord;
  /** All models, newest first. */
  @property({ attribute: false }) accessor models: readonly ModelRecord[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Photos of the library by id. */
  @property({ attribute: false }) accessor photos: ReadonlyMap<string, PhotoRecord> = new Map();
  @query('h2') private accessor heading!: HTMLElement | null;

  override render() {
    const { model, other } = this;
    return html`<div class="card" data-comparison>
      <h2 id="title" tabindex="-1">${msg('On the same test photos')}</h2>
      <label class="field">
        ${msg('Compare with')}
        <select @change=${this.#choose}>
          ${this.models
            .filter(({ id }) => id !== model.id)
            .map(
              ({ id, name }) =>
                html`<option value=${id} .selected=${id === other.id}>${name}</option>`,
            )}
        </select>
      </label>
      ${this.#result(compareModels(model, other))}
    </div>`;
  }

  /** Moves the focus to the heading and scrolls it to the top. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.heading?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'start' });
  }

  #result(comparison: Comparison | undefined) {
    const { model, other } = this;
    if (!comparison) {
      const { name } = model.test?.outcomes || !model.test ? other : model;
      return html`<p class="quiet">
        ${msg(str`They cannot be compared: an earlier version of the app trained ${name}, and did not keep what it answered to each photo.`)}
      </p>`;
    }
    if (comparison.count === 0) {
      return html`<p class="quiet">
        ${msg('They cannot be compared: no photo was a test photo, with the same label, for both.')}
      </p>`;
    }
    const { bothRight, onlyFirst, onlySecond, bothWrong } = comparison;
    const onlyRight = ({ name }: ModelRecord) => msg(str`Only ${name} right`);
    return html`
      <p>${scoreSentence(comparison, model.name, other.name)}</p>
      <p data-chance=${comparison.chance}>
        <strong>${chanceSentence(comparison, model.name, other.name)}</strong>
      </p>
      <dl>
        ${this.#row(msg('Both right'), bothRight)} ${this.#row(onlyRight(model), onlyFirst, other)}
        ${this.#row(onlyRight(other), onlySecond, model)}
        ${this.#row(msg('Both wrong'), bothWrong, model)}
      </dl>
      <p class="quiet">
        ${msg('Neither has learned from one of these photos. Only those that one got right and the other wrong tell them apart (McNemar’s test, exact).')}
      </p>
    `;
  }

  /**
   * A row with the number of photos and, if `wrong` is given, the photos.
   *
   * @param wrong the model that was wrong on these photos, whose predictions are shown
   */
  #row(name: string, ids: readonly string[], wrong?: ModelRecord) {
    return html`<div>
      <dt>${name}</dt>
      <dd>${photoCount(ids.length)}</dd>
      ${
        wrong && ids.length > 0
          ? html`<dd class="photos">
              <details>
                <summary>
                  <span aria-hidden="true">${msg('Show')}</span>
                  <span class="visually-hidden">${msg(str`Show them: ${name}`)}</span>
                </summary>
                <pp-predicted-photos
                  .learned=${wrong.classes}
                  .classes=${this.classes}
                  .photos=${this.photos}
                  .outcomes=${outcomesOf(wrong, ids)}
                ></pp-predicted-photos>
              </details>
            </dd>`
          : nothing
      }
    </div>`;
  }

  readonly #choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.dispatchEvent(new CustomEvent('compare-with', { detail: value }));
  };

  static override styles = [
    sharedStyles,
    moreStyles,
    fieldStyles,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        overflow-wrap: anywhere;
      }
      h2:focus {
        outline: none;
      }
      dl {
        display: grid;
        margin: 0;
      }
      dl > div {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 12px;
        align-items: baseline;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      dd {
        margin: 0;
        font-variant-numeric: tabular-nums;
      }
      .photos {
        grid-column: 1 / -1;
      }
    `,
  ];
}

function outcomesOf({ test }: ModelRecord, ids: readonly string[]): readonly Outcome[] {
  const wanted = new Set(ids);
  return (test?.outcomes ?? []).filter(({ photoId }) => wanted.has(photoId));
}
