import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg, str } from '../../../i18n/msg.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { percent, photoCount, wholeNumber } from '../../../ui/phrases.ts';
import '../../../widgets/library/photo-thumbnail.ts';
import '../../../ui/problem-card.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import type { Disagreement } from './disagreements.ts';
import type { LibraryCheck } from './library-check.ts';
import { markedUp } from '../../../ui/marked-up.ts';
import { confirmLabelWithUndo, relabelWithUndo } from '../photo-actions.ts';
import { NO_LABEL, tileName } from '../photo-sentences.ts';
import { hrefOfPlace } from '../photos-address.ts';
import { placeStyles } from '../place-styles.ts';
import type { ClassRecord } from '../../../records/class.ts';

/** Maximum number of listed photos; when one is answered, the next one moves up. */
const LISTED = 50;

/** Lists the photos whose label the model disagrees with, to find and correct wrong labels. */
@customElement('pp-check-view')
export class CheckView extends LitElement {
  @property({ attribute: false }) accessor check!: LibraryCheck;
  @property({ attribute: false }) accessor classes: readonly ClassRecord[] = [];
  /** Most confident first. */
  @property({ attribute: false }) accessor disagreements: readonly Disagreement[] = [];
  /** Id of the stored model that is in use. */
  @property() accessor modelId = '';

  override render() {
    return html`
      <header>
        <a
          class="button back"
          href=${hrefOfPlace({ name: 'all' })}
          aria-label=${msg('Back to all photos')}
          >${icon('back')}</a
        >
        <h1 tabindex="-1">${msg('Check the labels')}</h1>
      </header>
      ${this.#content()}
    `;
  }

  #content() {
    const { problem, progress, predictions } = this.check;
    if (problem) {
      return html`<pp-problem-card
        .problem=${problem}
        @retry=${() => this.check.retry()}
      ></pp-problem-card>`;
    }
    if (!predictions) {
      if (!this.check.hasModel)
        return this.#nothing(
          msg('Train first'),
          msg('Your model then goes through all photos and says which labels it doubts.'),
        );
      return html`<div class="waiting">
        <p class="quiet" role="status">${msg('Your model looks at all photos…')}</p>
        <pp-progress-bar
          label=${msg('Looking at the photos')}
          .value=${progress ?? 0}
        ></pp-progress-bar>
      </div>`;
    }
    const count = this.disagreements.length;
    if (count === 0) {
      return this.#nothing(
        msg('Nothing to check'),
        msg('Your model agrees with every label, or you said that the label is right.'),
      );
    }
    const photos = photoCount(count);
    const after = wholeNumber(count - LISTED);
    return html`
      <p class="quiet lead">
        ${msg(str`Your model sees something else in ${photos} than the label says, the surest first. A wrong label is mended here; a right one stays, and shows what your photos lack.`)}
      </p>
      <ul>
        ${repeat(
          this.disagreements.slice(0, LISTED),
          ({ photo }) => photo.id,
          (disagreement) => this.#item(disagreement),
        )}
      </ul>
      ${
        count > LISTED
          ? html`<p class="quiet more">
              ${msg(str`and ${after} more after these`, { desc: 'photos' })}
            </p>`
          : nothing
      }
    `;
  }

  #item({ photo, answer, probability }: Disagreement) {
    const label = this.classes.find(({ id }) => id === photo.classId);
    const predicted = this.classes.find(({ id }) => id === answer.id);
    if (!label || !predicted) return nothing;
    const { name } = predicted;
    return html`<li data-check=${photo.id}>
      <a
        href=${hrefOfPlace({ name: 'photo', photoId: photo.id })}
        aria-label=${tileName(label?.name ?? NO_LABEL, photo)}
        ><pp-photo-thumbnail .photoId=${photo.id}></pp-photo-thumbnail
      ></a>
      <div>
        <p>
          ${markedUp(
            (name, chance) => msg(str`Looks like: ${name}, ${chance}`, { desc: 'Dog, 97%' }),
            this.#name(predicted),
            html`<span class="percent">${percent(probability)}</span>`,
          )}
        </p>
        <p class="quiet">
          ${markedUp(
            (name) => msg(str`Labelled ${name}`, { desc: 'name of a class' }),
            this.#name(label),
          )}
        </p>
        <div class="actions">
          <button
            data-action="relabel"
            style=${styleMap({
              background: classColour(predicted.palette, '-soft'),
              color: classColour(predicted.palette),
            })}
            @click=${() => this.#answer(photo.id, () => relabelWithUndo(this, [photo], predicted))}
          >
            ${msg(str`It’s: ${name}`, { desc: 'button: what a picture shows, as in “It’s: Cat”' })}
          </button>
          <button
            data-action="label-right"
            @click=${() => this.#answer(photo.id, () => confirmLabelWithUndo(this, this.modelId, photo))}
          >
            ${msg('The label is right')}
          </button>
        </div>
      </div>
    </li>`;
  }

  #name({ name, palette }: ClassRecord) {
    return html`<strong style=${styleMap({ color: classColour(palette) })}>${name}</strong>`;
  }

  #nothing(title: string, sentence: string) {
    return html`<div class="nothing" data-nothing-to-check>
      ${icon('check')}
      <h2>${title}</h2>
      <p class="quiet">${sentence}</p>
    </div>`;
  }

  /**
   * Moves the focus to the next photo or the heading, because the answered photo leaves the list.
   */
  #answer(photoId: string, action: () => Promise<void>): void {
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>('li')];
    const place = items.findIndex(({ dataset }) => dataset['check'] === photoId);
    const next = items[place + 1] ?? items[place - 1];
    const target = next?.querySelector('button') ?? this.renderRoot.querySelector('h1');
    target?.focus({ preventScroll: true });
    void action();
  }

  static override styles = [
    sharedStyles,
    placeStyles,
    css`
      .lead {
        max-width: 640px;
        margin: 4px 0 16px;
        font-size: 0.9375rem;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
        gap: 12px;
      }
      li {
        display: grid;
        grid-template-columns: 112px minmax(0, 1fr);
        gap: 14px;
        align-items: center;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--card);
      }
      li a {
        display: block;
        border-radius: 14px;
      }
      pp-photo-thumbnail {
        aspect-ratio: 1;
        border-radius: 14px;
      }
      p {
        overflow-wrap: anywhere;
      }
      .percent {
        font-variant-numeric: tabular-nums;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 8px;
      }
      .actions button {
        flex: 1 0 auto;
        max-width: 100%;
        padding: 6px 12px;
        font-size: 0.875rem;
      }
      [data-action='relabel'] {
        border-color: transparent;
      }
      .more {
        margin-top: 16px;
        text-align: center;
      }
      .waiting {
        display: grid;
        gap: 12px;
        max-width: 520px;
        margin-top: 24px;
      }
      .nothing {
        display: grid;
        justify-items: center;
        gap: 8px;
        max-width: 320px;
        margin: 12vh auto 0;
        text-align: center;
      }
      .nothing svg {
        width: 44px;
        height: 44px;
        color: var(--press);
      }
    `,
  ];
}
