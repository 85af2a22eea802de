import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { classColour } from '../../../ui/class-colour.ts';
import { notify } from '../../../ui/notice.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { styleMap } from '../../../ui/style-map.ts';
import { deleteWithUndo, relabelWithUndo } from '../photo-actions.ts';
import { photoGalleryStyles } from './photo-gallery-styles.ts';
import './photo-grid.ts';
import type { PhotoGrid, Pick } from './photo-grid.ts';
import type { PhotoLibrary } from '../photo-library.ts';
import { PhotoSelection } from './photo-selection.ts';
import { hrefOfPlace } from '../photos-address.ts';
import type { ClassRecord } from '../../../records/class.ts';
import '../proportion-bar.ts';
import './selection-bar.ts';

/**
 * All photos, or the photos of one class, to open one or to select several. Slotted content is
 * above the photos and scrolls with them.
 *
 * Events: `open-photo` with the photo's id; `export-photos` with a set of ids.
 */
@customElement('pp-photo-gallery')
export class PhotoGallery extends LitElement {
  @property({ attribute: false }) accessor library!: PhotoLibrary;
  /** Ids of photos whose label the model disagrees with. */
  @property({ attribute: false }) accessor doubtful: ReadonlySet<string> = new Set();
  /** Whether the selection mode is active. */
  @property({ type: Boolean, reflect: true }) accessor selecting = false;
  /** Id of the class whose photos are shown; undefined for all classes. */
  @state() private accessor filter: string | undefined;
  @state() private accessor selection = PhotoSelection.EMPTY;
  @state() private accessor scroller: HTMLElement | undefined;
  @query('pp-photo-grid') private accessor grid!: PhotoGrid | null;
  /** The photos that match the filter, newest first. */
  #shown: readonly PhotoRecord[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
    this.#moveNotices(false);
  }

  /** Ids of the shown photos, in their order. */
  get order(): readonly string[] {
    return this.#shown.map(({ id }) => id);
  }

  /** Moves the focus to a photo's tile. */
  focusPhoto(id: string): void {
    void this.grid?.focusPhoto(id);
  }

  /** Starts the selection mode. */
  startSelecting(): void {
    this.selecting = true;
  }

  override willUpdate(changed: PropertyValues): void {
    const { classes, photos } = this.library;
    // The class of the filter may have been removed, in this or another tab.
    if (classes.every(({ id }) => id !== this.filter)) this.filter = undefined;
    if (changed.has('library') || changed.has('filter')) {
      const { filter } = this;
      this.#shown =
        filter === undefined ? photos : photos.filter(({ classId }) => classId === filter);
      this.selection = this.selection.within(new Set(this.order));
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('selecting')) this.#moveNotices(this.selecting);
  }

  /** Moves the notices above the selection bar. */
  #moveNotices(selecting: boolean): void {
    document.documentElement.classList.toggle('selecting', selecting);
  }

  override firstUpdated(): void {
    this.scroller = this.renderRoot.querySelector<HTMLElement>('.scroller') ?? undefined;
  }

  override render() {
    const { classes, photos, counts } = this.library;
    return html`
      <div class="scroller">
        <slot></slot>
        <pp-proportion-bar .classes=${classes} .counts=${counts}></pp-proportion-bar>
        <div class="chips" role="group" aria-label=${msg('Show')}>
          ${this.#chip(msg('All'), photos.length, undefined)}
          ${classes.map(({ id, name, palette }) =>
            this.#chip(name, counts.get(id) ?? 0, id, classColour(palette)),
          )}
          ${
            this.doubtful.size > 0
              ? html`<a
                  class="button chip check"
                  data-action="check"
                  href=${hrefOfPlace({ name: 'check' })}
                  >${msg('Check')} <span>${wholeNumber(this.doubtful.size)}</span></a
                >`
              : nothing
          }
        </div>
        ${
          this.#shown.length === 0
            ? html`<p class="none quiet">${msg('No photo with this label yet.')}</p>`
            : html`<pp-photo-grid
                .photos=${this.#shown}
                .classes=${classes}
                .doubtful=${this.doubtful}
                .selected=${this.selecting ? this.selection.ids : undefined}
                .scroller=${this.scroller}
                @pick-photo=${this.#onPick}
                @open-photo=${(event: CustomEvent<string>) =>
                  this.dispatchEvent(new CustomEvent('open-photo', { detail: event.detail }))}
              ></pp-photo-grid>`
        }
      </div>
      ${
        this.selecting
          ? html`<pp-selection-bar
              .count=${this.selection.size}
              .total=${this.#shown.length}
              .classes=${classes}
              @select-all=${this.#selectAll}
              @select-none=${() => (this.selection = PhotoSelection.EMPTY)}
              @move=${(event: CustomEvent<ClassRecord>) => this.#move(event.detail)}
              @export=${this.#export}
              @delete=${this.#delete}
              @end=${this.#end}
            ></pp-selection-bar>`
          : nothing
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

  readonly #onPick = ({ detail }: CustomEvent<Pick>) => {
    const { photoId, range } = detail;
    this.selecting = true;
    this.selection = range
      ? this.selection.extend(this.order, photoId)
      : this.selection.toggle(photoId);
  };

  readonly #selectAll = () => {
    this.selecting = true;
    this.selection = this.selection.all(this.order);
  };

  readonly #end = () => {
    this.selecting = false;
    this.selection = PhotoSelection.EMPTY;
  };

  /** The selection stays, so that the photos can be exported in another format too. */
  readonly #export = () => {
    this.dispatchEvent(new CustomEvent('export-photos', { detail: this.selection.ids }));
  };

  readonly #delete = () => {
    const ids = [...this.selection.ids];
    this.#end();
    void deleteWithUndo(this, ids);
  };

  #move(label: ClassRecord): void {
    const { ids } = this.selection;
    const photos = this.#shown.filter(({ id, classId }) => ids.has(id) && classId !== label.id);
    this.#end();
    if (photos.length > 0) void relabelWithUndo(this, photos, label);
    else notify(this, { text: labelledAlready(label) });
  }

  readonly #onKey = (event: KeyboardEvent) => {
    // An open dialog handles keys itself.
    const inDialog = event.composedPath().some((target) => target instanceof HTMLDialogElement);
    if (event.defaultPrevented || inDialog || this.hidden) return;
    if (event.key === 'Escape' && this.selecting) {
      this.#end();
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#selectAll();
    }
  };

  static override styles = [sharedStyles, photoGalleryStyles];
}

function labelledAlready({ name }: ClassRecord): string {
  return msg(str`They are labelled ${name} already.`, { desc: 'photos, by the name of a class' });
}
