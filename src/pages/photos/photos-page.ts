import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { importRun } from '../../session/import-run.ts';
import { incomingFiles } from '../../session/incoming-files.ts';
import { dataLossDetector } from '../../session/data-loss-detector.ts';
import { hrefOf, routeOf } from '../../session/routes.ts';
import { msg, str } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { photoCount } from '../../ui/phrases.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { fromDropped, type PictureSource } from '../../photos/import/picture-source.ts';
import './examine/check-view.ts';
import { emptyLibrary } from './empty-library.ts';
import { disagreements, type Disagreement } from './examine/disagreements.ts';
import './examine/examine-view.ts';
import './import/import-dialog.ts';
import type { ImportDialog } from './import/import-dialog.ts';
import { LibraryCheck } from './examine/library-check.ts';
import './export/export-photos-dialog.ts';
import type { ExportPhotosDialog } from './export/export-photos-dialog.ts';
import './gallery/photo-gallery.ts';
import type { PhotoGallery } from './gallery/photo-gallery.ts';
import { loadPhotoLibrary, type PhotoLibrary } from './photo-library.ts';
import './view/photo-view.ts';
import type { PhotoView } from './view/photo-view.ts';
import { hrefOfPlace, photosPlace, type PhotosPlace } from './photos-address.ts';
import { photosPageStyles } from './photos-page-styles.ts';
import './import/shared-photos.ts';

const SKELETON_TILES = 15;

/** The Photos page: browse, filter, view, select, examine, check and import photos. */
@customElement('pp-photos-page')
export class PhotosPage extends LitElement {
  /** The current view; while a photo is open, the view behind it. */
  @state() private accessor place: 'all' | 'examine' | 'check' = 'all';
  @query('pp-photo-gallery') private accessor gallery!: PhotoGallery | null;
  @query('pp-photo-view') private accessor view!: PhotoView;
  @query('pp-import-dialog') private accessor importDialog!: ImportDialog;
  @query('pp-export-photos-dialog') private accessor exportDialog!: ExportPhotosDialog;
  readonly #library = new StoredController(
    this,
    ['photos', 'classes', 'models', 'settings'],
    loadPhotoLibrary,
  );
  readonly #check = new LibraryCheck(this, learning);
  /** Whether the library is loaded, so that the view follows the address. */
  #ready = false;
  /** Whether the photo was opened from this page, so that going back leads to this page. */
  #openedHere = false;
  #disagreements: readonly Disagreement[] = [];
  #doubtful: ReadonlySet<string> = new Set();
  #compared: readonly unknown[] = [];

  constructor() {
    super();
    new ListenController(this, window, 'hashchange', () => this.#onAddress());
    new ListenController(this, dataLossDetector, 'change');
    new ListenController(this, incomingFiles, 'change', () => {
      if (importRun.running && incomingFiles.isWaiting) this.importDialog.open();
      else this.#takeIncoming();
    });
    // The sheet closes at the end of an import; its `close` event is a task of its own.
    new ListenController(this, importRun, 'change', () => setTimeout(() => this.#takeIncoming()));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => {
      this.#openImportFromAddress();
      this.#takeIncoming();
    });
  }

  override willUpdate(): void {
    const library = this.#library.value;
    const { predictions } = this.#check;
    // The comparison is slow for 10,000 photos: it runs only when its input changes.
    if (this.#compared[0] === library && this.#compared[1] === predictions) return;
    this.#compared = [library, predictions];
    this.#disagreements =
      library && predictions ? disagreements(predictions, library.photos, library.right) : [];
    this.#doubtful = new Set(this.#disagreements.map(({ photo }) => photo.id));
  }

  override updated(): void {
    if (this.#ready || !this.#library.value) return;
    this.#ready = true;
    this.#follow();
  }

  override render() {
    const library = this.#library.value;
    const isEmpty = library?.photos.length === 0;
    return html`
      ${library && !isEmpty ? this.#places(library) : this.#waiting(library)}
      ${
        library && !isEmpty && this.place === 'all'
          ? html`<button
              class="primary import"
              data-action="import"
              @click=${() => this.importDialog.open()}
            >
              ${icon('plus')} ${msg('Import')}
            </button>`
          : nothing
      }
      <pp-photo-view
        .photos=${library?.photos ?? []}
        .classes=${library?.classes ?? []}
        @turn=${(event: CustomEvent<string>) =>
          setAddress({ name: 'photo', photoId: event.detail })}
        @close=${this.#onViewClosed}
      ></pp-photo-view>
      <pp-import-dialog
        .classes=${library?.classes ?? []}
        @close=${this.#onImportClosed}
      ></pp-import-dialog>
      <pp-export-photos-dialog></pp-export-photos-dialog>
    `;
  }

  /** Shown while the library is loading, failed to load or is empty. */
  #waiting(library: PhotoLibrary | undefined) {
    return html`<div class="scroller">
      ${this.#header(library)}
      ${
        this.#library.problem
          ? html`<pp-problem-card
              .problem=${this.#library.problem}
              @retry=${() => this.#library.reload()}
            ></pp-problem-card>`
          : nothing
      }
      ${library ? emptyLibrary(() => this.importDialog.open()) : this.#skeleton()}
    </div>`;
  }

  #places(library: PhotoLibrary) {
    return html`
      <pp-photo-gallery
        .library=${library}
        .doubtful=${this.#doubtful}
        ?hidden=${this.place !== 'all'}
        @open-photo=${(event: CustomEvent<string>) =>
          (location.hash = hrefOfPlace({ name: 'photo', photoId: event.detail }))}
        @export-photos=${({ detail }: CustomEvent<ReadonlySet<string>>) => this.exportDialog.open(detail)}
      >
        ${this.#header(library)}
      </pp-photo-gallery>
      ${
        this.place === 'examine'
          ? html`<pp-examine-view .library=${library}></pp-examine-view>`
          : this.place === 'check'
            ? html`<pp-check-view
                .classes=${library.classes}
                .disagreements=${this.#disagreements}
                .check=${this.#check}
                .modelId=${library.modelId}
              ></pp-check-view>`
            : nothing
      }
    `;
  }

  #header(library: PhotoLibrary | undefined) {
    const isEmpty = !library || library.photos.length === 0;
    return html`<header>
        <h1 tabindex="-1">${msg('Photos')}</h1>
        ${
          isEmpty
            ? nothing
            : html`<button data-action="select" @click=${() => this.gallery?.startSelecting()}>
                  ${msg('Select')}
                </button>
                <button
                  class="round"
                  data-action="export"
                  aria-label=${msg('Export')}
                  @click=${() => this.exportDialog.open(new Set(this.gallery?.order))}
                >
                  ${icon('share')}
                </button>
                <a
                  class="button round"
                  data-action="examine"
                  href=${hrefOfPlace({ name: 'examine' })}
                  aria-label=${msg('Examine the data')}
                  >${icon('examine')}</a
                >`
        }
        <a class="button round" href=${hrefOf('settings')} aria-label=${msg('Settings')}
          >${icon('settings')}</a
        >
        <p class="quiet">${this.#sentence(library)}</p>
      </header>
      ${
        library
          ? html`<pp-shared-photos
              @import-shared=${({ detail }: CustomEvent<PictureSource>) =>
                this.importDialog.open(detail)}
            ></pp-shared-photos>`
          : nothing
      }`;
  }

  #sentence(library: PhotoLibrary | undefined): string {
    if (!library) return this.#library.problem ? '' : msg('Opening your photos…');
    if (library.photos.length === 0) return msg('Nothing leaves this phone.');
    const photos = photoCount(library.photos.length);
    return msg(str`${photos} on this phone. Nothing leaves it.`);
  }

  #skeleton() {
    if (this.#library.problem) return nothing;
    return html`<div class="skeleton" aria-hidden="true">
      ${Array.from({ length: SKELETON_TILES }, () => html`<i></i>`)}
    </div>`;
  }

  #onAddress(): void {
    this.#follow();
    this.#openImportFromAddress();
  }

  /** Shows the view that the address names. */
  #follow(): void {
    const place = photosPlace(location.hash);
    if (!place || !this.#ready) return;
    if (place.name === 'photo') {
      const photos = this.#library.value!.photos.map(({ id }) => id);
      const doubtful = this.#disagreements.map(({ photo }) => photo.id);
      const order = this.place === 'check' ? doubtful : (this.gallery?.order ?? photos);
      this.view.show(place.photoId, order.includes(place.photoId) ? order : photos);
      return;
    }
    this.#openedHere = true;
    this.view.hide();
    if (place.name === this.place) return;
    this.place = place.name;
    void this.updateComplete.then(() => this.#focusHeading());
  }

  /** Moves the focus to the view's heading, so that a screen reader announces it. */
  #focusHeading(): void {
    const view = this.renderRoot.querySelector('pp-examine-view, pp-check-view');
    const heading = (view?.shadowRoot ?? this.renderRoot).querySelector<HTMLElement>('h1');
    heading?.focus();
  }

  readonly #onViewClosed = (event: CustomEvent<string | undefined>) => {
    if (event.detail !== undefined && this.place === 'all') this.gallery?.focusPhoto(event.detail);
    if (photosPlace(location.hash)?.name !== 'photo') return;
    if (this.#openedHere) history.back();
    else setAddress({ name: this.place });
    this.#openedHere = true;
  };

  /** `#/photos?import` opens the import sheet. */
  readonly #openImportFromAddress = () => {
    const [path = '', query = ''] = location.hash.split('?');
    if (routeOf(path) === 'photos' && new URLSearchParams(query).has('import')) {
      this.importDialog.open();
    }
  };

  /** Files that arrive wait while others are asked about or imported, until the report was read. */
  #takeIncoming(): void {
    if (importRun.running || importRun.report || this.importDialog.isAsking) return;
    if (!this.isConnected) return;
    const list = incomingFiles.take();
    if (list) this.importDialog.open(fromDropped(list));
  }

  readonly #onImportClosed = () => {
    this.#removeQuery();
    this.#takeIncoming();
  };

  /** Prevents that a reload or going back opens the sheet again. */
  #removeQuery(): void {
    // The sheet may have led to another page.
    const isHere = location.hash.startsWith(`${hrefOf('photos')}?`);
    if (isHere) history.replaceState(history.state, '', hrefOf('photos'));
  }

  static override styles = [sharedStyles, photosPageStyles];
}

/** Replaces the address without a new history entry. */
function setAddress(place: PhotosPlace): void {
  history.replaceState(history.state, '', hrefOfPlace(place));
}
