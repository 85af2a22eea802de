import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelClass, ModelRecord, Outcome } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { icon } from '../../ui/icons.ts';
import { photoCount } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import type { ClassRecord } from '../../records/class.ts';
import './predicted-photos.ts';

/** The photos of one cell of the confusion matrix. */
@customElement('pp-cell-photos')
export class CellPhotos extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  /** The model's classes with their current names. */
  @property({ attribute: false }) accessor present: readonly ModelClass[] = [];
  /** Indices of the true and the predicted class. */
  @property({ attribute: false }) accessor cell!: readonly [truth: number, answer: number];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Photos of the library by id. */
  @property({ attribute: false }) accessor photos: ReadonlyMap<string, PhotoRecord> = new Map();
  /** Address without the open cell. */
  @property() accessor closeHref = '';
  @query('h3') private accessor heading!: HTMLElement | null;

  /**
   * Moves the focus to the heading, so that a screen reader announces it, and scrolls it into view.
   */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.heading?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const [truth, answer] = this.cell;
    const outcomes = this.#outcomes();
    const count = this.model.test?.confusion[truth]?.[answer] ?? 0;
    const unknown = count - outcomes.length;
    return html`<section aria-labelledby="title" data-cell-photos>
      <div class="heading">
        <h3 id="title" tabindex="-1">${this.#title(count)}</h3>
        <a class="button round" href=${this.closeHref} aria-label=${msg('Close these photos')}>
          ${icon('close')}
        </a>
      </div>
      <pp-predicted-photos
        .learned=${this.model.classes}
        .classes=${this.classes}
        .photos=${this.photos}
        .outcomes=${outcomes}
      ></pp-predicted-photos>
      ${
        unknown > 0
          ? html`<p class="quiet" data-unknown=${unknown}>
              ${
                outcomes.length > 0
                  ? msg(
                      'Which photos the others were is not known: an earlier version of the app trained this model.',
                    )
                  : msg(
                      'Which photos these were is not known: an earlier version of the app trained this model.',
                    )
              }
            </p>`
          : nothing
      }
    </section>`;
  }

  /** Mistakes: most confident first. Correct predictions: least confident first. */
  #outcomes(): readonly Outcome[] {
    const [truth, answer] = this.cell;
    const { test } = this.model;
    const direction = truth === answer ? 1 : -1;
    return [...(test?.outcomes ?? test?.mistakes ?? [])]
      .filter((outcome) => outcome.truth === truth && outcome.answer === answer)
      .sort((a, b) => direction * (a.probability - b.probability));
  }

  #title(count: number): string {
    const [truth, answer] = this.cell.map((index) => this.present[index]?.name ?? '');
    const photos = photoCount(count);
    return truth === answer
      ? msg(str`${photos} of ${truth}, answered correctly`, {
          desc: 'as in “3 photos of Cat, answered correctly”',
        })
      : msg(str`${photos} of ${truth}, taken for ${answer}`, {
          desc: 'as in “3 photos of Cat, taken for Dog”',
        });
  }

  static override styles = [
    sharedStyles,
    css`
      section {
        display: grid;
        gap: 12px;
        padding-top: 12px;
        border-top: 1px solid var(--line);
      }
      .heading {
        display: flex;
        gap: 12px;
        align-items: center;
        justify-content: space-between;
      }
      h3 {
        margin: 0;
        font-size: 0.9375rem;
      }
      h3:focus {
        outline: none;
      }
      .round {
        border-color: transparent;
        background: transparent;
      }
    `,
  ];
}
