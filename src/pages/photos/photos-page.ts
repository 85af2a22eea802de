import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { styleMap } from '../../ui/style-map.ts';
import { hrefOf, routeOf } from '../../app/routes.ts';
import { ENOUGH_PHOTOS } from '../../photos/enough-photos.ts';
import type { PictureSource } from '../../photos/import/picture-source.ts';
import { classColour } from '../../ui/class-colour.ts';
import { icon } from '../../ui/icons.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';
import { FileSources } from './file-sources.ts';
import './import-dialog.ts';
import type { ImportDialog } from './import-dialog.ts';
import './photo-grid.ts';
import type { PhotoGrid } from './photo-grid.ts';
import { loadPhotoLibrary, type PhotoLibrary } from './photo-library.ts';
import './photo-view.ts';
import type { PhotoView } from './photo-view.ts';
import { photosPageStyles } from './photos-page-styles.ts';
import './proportion-bar.ts';
import './shared-photos.ts';

const SKELETON_TILES = 15;

/** Every photo of the library: filter, look closer, relabel, delete, import. */
@customElement('pp-photos-page')
export class PhotosPage extends LitElement {
  /** Class whose photos are shown; every class's when undefined. */
  @state() private filter: string | undefined;
  @query('pp-photo-grid') private grid!: PhotoGrid | null;
  @query('pp-photo-view') private view!: PhotoView;
  @query('pp-import-dialog') private importDialog!: ImportDialog;
  readonly #library = new StoredController(this, ['photos', 'classes'], loadPhotoLibrary);
  readonly #sources = new FileSources(this, (source) => this.importDialog.open(source));

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#openAsked);
    void this.updateComplete.then(this.#openAsked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#openAsked);
  }

  override willUpdate(): void {
    const classes = this.#library.value?.classes;
    // The class that was shown may have been removed, here or in another tab.
    if (classes?.every(({ id }) => id !== this.filter)) this.filter = undefined;
  }

  override render() {
    const library = this.#library.value;
    const isEmpty = library?.photos.length === 0;
    return html`
      <div class="scroller">
        <header>
          <h1 tabindex="-1">Photos</h1>
          <a class="button settings" href=${hrefOf('settings')} aria-label="Settings"
            >${icon('settings')}</a
          >
          <p class="quiet">${this.#sentence(library)}</p>
        </header>
        <pp-shared-photos
          @import-shared=${({ detail }: CustomEvent<PictureSource>) =>
            this.importDialog.open(detail)}
        ></pp-shared-photos>
        ${
          this.#library.problem
            ? html`<pp-problem-card
                .problem=${this.#library.problem}
                @retry=${() => this.#library.reload()}
              ></pp-problem-card>`
            : nothing
        }
        ${library ? (isEmpty ? this.#empty() : this.#photos(library)) : this.#skeleton()}
      </div>
      ${
        library && !isEmpty
          ? html`<button
              class="primary import"
              data-action="import"
              @click=${() => this.importDialog.open()}
            >
              ${icon('plus')} Import
            </button>`
          : nothing
      }
      ${this.#sources.dragging ? html`<div class="drop">Drop photos to import them</div>` : nothing}
      <pp-photo-view
        .photos=${library?.photos ?? []}
        .classes=${library?.classes ?? []}
        @close=${this.#onViewClosed}
      ></pp-photo-view>
      <pp-import-dialog
        .classes=${library?.classes ?? []}
        @close=${this.#forgetAsked}
      ></pp-import-dialog>
    `;
  }

  #sentence(library: PhotoLibrary | undefined): string {
    if (!library) return this.#library.problem ? '' : 'Opening your photos…';
    if (library.photos.length === 0) return 'Nothing leaves this phone.';
    return `${photoCount(library.photos.length)} on this phone. Nothing leaves it.`;
  }

  #photos({ photos, classes, counts }: PhotoLibrary) {
    const filtered =
      this.filter === undefined ? photos : photos.filter(({ classId }) => classId === this.filter);
    return html`
      <pp-proportion-bar .classes=${classes} .counts=${counts}></pp-proportion-bar>
      <div class="chips" role="group" aria-label="Show">
        ${this.#chip('All', photos.length, undefined)}
        ${classes.map(({ id, name, palette }) =>
          this.#chip(name, counts.get(id) ?? 0, id, classColour(palette)),
        )}
      </div>
      ${
        filtered.length === 0
          ? html`<p class="none quiet">No photo with this label yet.</p>`
          : html`<pp-photo-grid
              .photos=${filtered}
              .classes=${classes}
              @open-photo=${(event: CustomEvent<string>) =>
                this.view.open(
                  event.detail,
                  filtered.map(({ id }) => id),
                )}
            ></pp-photo-grid>`
      }
    `;
  }

  #chip(name: string, count: number, classId: string | undefined, colour = 'var(--ink)') {
    return html`<button
      class="chip"
      data-filter=${classId ?? 'all'}
      aria-pressed=${this.filter === classId}
      style=${styleMap({ '--chip': colour })}
      @click=${() => (this.filter = classId)}
    >
      ${name} <span>${wholeNumber(count)}</span>
    </button>`;
  }

  #empty() {
    return html`<div class="empty">
      <div class="emblem">${icon('photos')}</div>
      <h2>No photos yet</h2>
      <p class="quiet">
        Take about ${ENOUGH_PHOTOS} of each kind. That is enough for a first training.
      </p>
      <a class="button primary" href=${hrefOf('capture')}>${icon('capture')} Take photos</a>
      <button data-action="import" @click=${() => this.importDialog.open()}>
        ${icon('plus')} Import photos
      </button>
    </div>`;
  }

  #skeleton() {
    if (this.#library.problem) return nothing;
    return html`<div class="skeleton" aria-hidden="true">
      ${Array.from({ length: SKELETON_TILES }, () => html`<i></i>`)}
    </div>`;
  }

  readonly #onViewClosed = (event: CustomEvent<string | undefined>) => {
    if (event.detail !== undefined) this.grid?.focusPhoto(event.detail);
  };

  /** `#/photos?import` opens the sheet. */
  readonly #openAsked = () => {
    const [path = '', query = ''] = location.hash.split('?');
    if (routeOf(path) === 'photos' && new URLSearchParams(query).has('import')) {
      this.importDialog.open();
    }
  };

  /** So that a reload or the way back does not open it again. */
  readonly #forgetAsked = () => {
    if (location.hash.includes('?')) history.replaceState(history.state, '', hrefOf('photos'));
  };

  static override styles = [sharedStyles, photosPageStyles];
}
