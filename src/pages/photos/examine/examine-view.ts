import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { examine, type DataWarning, type Examination } from '../../../photos/examine.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { icon } from '../../../ui/icons.ts';
import { photoCount, wholeNumber } from '../../../ui/phrases.ts';
import '../../../widgets/library/photo-thumbnail.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { adviceFor, bySetSentence } from './examine-sentences.ts';
import { examineViewStyles } from './examine-view-styles.ts';
import type { PhotoLibrary } from '../photo-library.ts';
import { NO_LABEL, SPLIT_SENTENCES, tileName } from '../photo-sentences.ts';
import { hrefOfPlace } from '../photos-address.ts';
import '../proportion-bar.ts';
import { randomPhotos } from './random-photos.ts';

/** Number of random example photos. */
const EXAMPLES = 9;

const SPLITS = [
  { split: 'train', count: 'training', name: msg('Training') },
  { split: 'validation', count: 'validation', name: msg('Validation') },
  { split: 'test', count: 'test', name: msg('Test') },
] as const;

/**
 * Examines the data before a training, as the TensorFlow tutorial does: examples, counts, warnings.
 */
@customElement('pp-examine-view')
export class ExamineView extends LitElement {
  @property({ attribute: false }) accessor library!: PhotoLibrary;
  /**
   * Ids of the examples. They change on Shuffle or when one is deleted, not when photos are added.
   */
  @state() private accessor exampleIds: readonly string[] = [];

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('library')) return;
    const existing = new Set(this.library.photos.map(({ id }) => id));
    const wanted = Math.min(EXAMPLES, existing.size);
    const remaining = this.exampleIds.filter((id) => existing.has(id));
    if (remaining.length < wanted) this.#shuffle();
    else this.exampleIds = remaining;
  }

  override render() {
    const examined = examine(this.library.classes, this.library.photos);
    return html`
      <header>
        <a
          class="button back"
          href=${hrefOfPlace({ name: 'all' })}
          aria-label=${msg('Back to all photos')}
          >${icon('back')}</a
        >
        <h1 tabindex="-1">${msg('Examine the data')}</h1>
      </header>
      <p class="quiet lead">${totalSentence(examined)}</p>
      <div class="cards">
        ${examined.warnings.length > 0 ? this.#warnings(examined.warnings) : nothing}
        ${examined.total > 0 ? this.#examples() : nothing} ${this.#splits(examined)}
      </div>
    `;
  }

  #warnings(warnings: readonly DataWarning[]) {
    return html`<section class="card warnings" aria-label=${msg('What to do')}>
      ${warnings.map((warning) => {
        const { title, sentence, action } = adviceFor(warning);
        return html`<div data-warning=${warning.kind}>
          ${icon('warning')}
          <div>
            <h2>${title}</h2>
            <p class="quiet">${sentence}</p>
          </div>
          ${action ? html`<a class="button" href=${action.href}>${action.label}</a>` : nothing}
        </div>`;
      })}
    </section>`;
  }

  #examples() {
    const byId = new Map(this.library.photos.map((photo) => [photo.id, photo]));
    const examples = this.exampleIds.flatMap((id) => byId.get(id) ?? []);
    return html`<section class="card">
      <div class="title">
        <h2>${msg('Random examples')}</h2>
        <button data-action="reshuffle" @click=${this.#shuffle}>
          ${icon('shuffle')} ${msg('Shuffle')}
        </button>
      </div>
      <ul class="examples">
        ${examples.map((photo) => this.#example(photo))}
      </ul>
    </section>`;
  }

  #example(photo: PhotoRecord) {
    const label = this.library.classes.find(({ id }) => id === photo.classId);
    const name = label?.name ?? NO_LABEL;
    return html`<li>
      <a
        data-example=${photo.id}
        href=${hrefOfPlace({ name: 'photo', photoId: photo.id })}
        aria-label=${tileName(name, photo)}
      >
        <pp-photo-thumbnail .photoId=${photo.id}></pp-photo-thumbnail>
        <span style=${styleMap({ color: classColour(label?.palette ?? 0) })}>${name}</span>
      </a>
    </li>`;
  }

  #splits({ classes, splits, total }: Examination) {
    return html`<section class="card">
      <h2>${msg('Classes and sides')}</h2>
      <pp-proportion-bar
        .classes=${this.library.classes}
        .counts=${this.library.counts}
      ></pp-proportion-bar>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('Class')}</th>
            <th scope="col">${msg('Photos')}</th>
            ${SPLITS.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${classes.map(
            (record) =>
              html`<tr data-class=${record.id}>
                <th scope="row" style=${styleMap({ color: classColour(record.palette) })}>
                  ${record.name}
                </th>
                <td>${wholeNumber(record.photos)}</td>
                ${SPLITS.map(({ count }) => html`<td>${wholeNumber(record[count])}</td>`)}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${msg('All')}</th>
            <td>${wholeNumber(total)}</td>
            ${SPLITS.map(({ split }) => html`<td>${wholeNumber(splits[split])}</td>`)}
          </tr>
        </tfoot>
      </table>
      <p class="quiet">
        ${msg(
          'Photos of one session are on one side: those that look almost the same, and imported ones that were taken within five minutes of each other.',
        )}
      </p>
      ${this.#ownSplit()}
      <dl>
        ${SPLITS.map(
          ({ split, name }) =>
            html`<dt>${name}</dt>
              <dd class="quiet">${SPLIT_SENTENCES[split].sentence}</dd>`,
        )}
      </dl>
    </section>`;
  }

  #ownSplit() {
    const bySet = this.library.photos.filter(({ isSplitBySet }) => isSplitBySet).length;
    return bySet === 0
      ? nothing
      : html`<p class="quiet" data-by-set>${bySetSentence(bySet, this.library.photos.length)}</p>`;
  }

  readonly #shuffle = () => {
    this.exampleIds = randomPhotos(this.library.photos, EXAMPLES).map(({ id }) => id);
  };

  static override styles = [sharedStyles, examineViewStyles];
}

function totalSentence({ total, classes }: Examination): string {
  const photos = photoCount(total);
  const n = wholeNumber(classes.length);
  return plural(classes.length, {
    two: msg(str`${photos} in ${n} classes.`, { id: 'photos-in-two-classes' }),
    other: msg(str`${photos} in ${n} classes.`),
  });
}
