import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { hrefOf } from '../../session/routes.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { presentClasses } from '../../models/present-classes.ts';
import type { ModelClass, Outcome } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { percent, photoCount } from '../../ui/phrases.ts';
import '../../widgets/library/photo-thumbnail.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Number of photos shown at once; a cell may have hundreds. */
const PAGE_SIZE = 24;

/**
 * Photos with the predictions of a model, as links. Photos that were deleted since are counted
 * only.
 */
@customElement('pp-predicted-photos')
export class PredictedPhotos extends LitElement {
  /** The model's classes, in the order of the class indices of the outcomes. */
  @property({ attribute: false }) accessor learned: readonly ModelClass[] = [];
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Photos of the library by id. */
  @property({ attribute: false }) accessor photos: ReadonlyMap<string, PhotoRecord> = new Map();
  @property({ attribute: false }) accessor outcomes: readonly Outcome[] = [];
  @state() private accessor shown = PAGE_SIZE;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('outcomes')) this.shown = PAGE_SIZE;
  }

  override render() {
    const existing = this.outcomes.filter(({ photoId }) => this.photos.has(photoId));
    const gone = this.outcomes.length - existing.length;
    return html`
      ${
        existing.length > 0
          ? html`<ul>
              ${existing.slice(0, this.shown).map((outcome) => this.#photo(outcome))}
            </ul>`
          : nothing
      }
      ${
        existing.length > this.shown
          ? html`<button @click=${() => (this.shown += PAGE_SIZE)}>${msg('Show more')}</button>`
          : nothing
      }
      ${gone > 0 ? html`<p class="quiet" data-gone=${gone}>${goneSentence(gone)}</p>` : nothing}
    `;
  }

  #photo({ photoId, answer, truth, probability }: Outcome) {
    const [was, said] = presentClasses(
      [truth, answer].flatMap((index) => this.learned[index] ?? []),
      this.classes,
    );
    const label = this.photos.get(photoId)?.classId;
    const now = label === was?.id ? undefined : this.classes.find(({ id }) => id === label);
    return html`<li>
      <a href="${hrefOf('photos')}/${encodeURIComponent(photoId)}" data-predicted=${photoId}>
        <pp-photo-thumbnail .photoId=${photoId}></pp-photo-thumbnail>
        <span>
          ${truth === answer ? sureWords(probability) : mistakeWords(was, said, probability)}
          ${now ? html`<em>${labelWords(now)}</em>` : nothing}
        </span>
      </a>
    </li>`;
  }

  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
        justify-items: start;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
        gap: 10px;
        width: 100%;
      }
      a {
        display: grid;
        gap: 4px;
        border-radius: var(--radius-photo);
        color: inherit;
        font-size: 0.8125rem;
        line-height: 1.3;
        text-decoration: none;
        overflow-wrap: anywhere;
      }
      a:hover span {
        text-decoration: underline;
      }
      pp-photo-thumbnail {
        aspect-ratio: 1;
        border-radius: 14px;
      }
      em {
        display: block;
        color: var(--quiet);
        font-style: normal;
      }
    `,
  ];
}

function nameOf(record: ModelClass | undefined): string {
  return record?.name ?? '';
}

function sureWords(probability: number): string {
  const share = percent(probability);
  return msg(str`${share} sure`, { desc: 'of its answer, which is right' });
}

function mistakeWords(
  was: ModelClass | undefined,
  said: ModelClass | undefined,
  probability: number,
): string {
  const [truth, answer, share] = [nameOf(was), nameOf(said), percent(probability)];
  return msg(str`Is ${truth}, said ${answer}, ${share}`, {
    desc: 'under a photo: its class, the one that the model took it for, and how sure it was',
  });
}

function labelWords(now: ModelClass): string {
  const name = nameOf(now);
  return msg(str`Now labelled ${name}`);
}

function goneSentence(gone: number): string {
  const photos = photoCount(gone);
  return plural(gone, {
    one: msg(str`${photos} has been deleted since.`),
    other: msg(str`${photos} have been deleted since.`),
  });
}
