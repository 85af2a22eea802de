import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from '../../ui/style-map.ts';
import '../../ui/notice-bar.ts';
import type { NoticeBar } from '../../ui/notice-bar.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { classColour } from '../../ui/class-colour.ts';
import { dialogStyles } from '../../ui/dialog-styles.ts';
import { icon } from '../../ui/icons.ts';
import { notify, type Notice } from '../../ui/notice.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { deleteWithUndo, relabelWithUndo } from './photo-actions.ts';
import './photo-image.ts';
import { NO_LABEL, originSentence, SPLIT_SENTENCES, tileName } from './photo-sentences.ts';
import { photoViewStyles } from './photo-view-styles.ts';

/** A finger that moves this far sideways means the next photo, in CSS pixels. */
const SWIPE = 48;
/** How long a notice still matters to somebody who closes the view. */
const NOTICE_MS = 4_000;

/** One photo, large: its label, where it came from, what it is used for. Sends `close`. */
@customElement('pp-photo-view')
export class PhotoView extends LitElement {
  @property({ attribute: false }) photos: readonly PhotoRecord[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  /** The photo that is shown; undefined while closed. */
  @state() photoId: string | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('pp-notice-bar') private noticeBar!: NoticeBar;
  /** Ids as they stood when the view opened: a new label must not move the photo away. */
  #order: readonly string[] = [];
  #lastNotice: { notice: Notice; at: number } | undefined;
  #swipeFrom: number | undefined;

  open(photoId: string, order: readonly string[]): void {
    this.#order = order;
    this.photoId = photoId;
    this.dialog.showModal();
  }

  override render() {
    const shown = this.#shown();
    const place = shown.findIndex(({ id }) => id === this.photoId);
    const photo = shown[place];
    return html`<dialog
      autofocus
      aria-label="Photo"
      @close=${this.#onClose}
      @click=${this.#onBackdrop}
      @keydown=${this.#onKey}
      @pp-notice=${this.#onNotice}
    >
      ${photo ? html`${this.#photo(photo, place, shown)}<pp-notice-bar></pp-notice-bar>` : nothing}
    </dialog>`;
  }

  #photo(photo: PhotoRecord, place: number, shown: readonly PhotoRecord[]) {
    const label = this.classes.find(({ id }) => id === photo.classId);
    const use = SPLIT_SENTENCES[photo.split];
    return html`
      <header>
        <button class="round" aria-label="Close" @click=${() => this.dialog.close()}>
          ${icon('close')}
        </button>
        <p class="quiet" aria-live="polite">
          ${wholeNumber(place + 1)} of ${wholeNumber(shown.length)}
        </p>
        <button
          class="round"
          aria-label="Delete this photo"
          data-action="delete"
          @click=${() => this.#delete(photo, place, shown)}
        >
          ${icon('delete')}
        </button>
      </header>
      <div class="picture" @pointerdown=${this.#onDown} @pointerup=${this.#onUp}>
        <pp-photo-image
          .photoId=${photo.id}
          .alt=${tileName(label?.name ?? NO_LABEL, photo)}
        ></pp-photo-image>
        ${this.#turn('previous', 'Previous photo', shown[place - 1])}
        ${this.#turn('next', 'Next photo', shown[place + 1])}
      </div>
      <div class="facts">
        <div
          class="labels"
          role="group"
          aria-label="What it shows"
          ?data-many=${this.classes.length > 3}
        >
          ${this.classes.map((other) => this.#label(photo, other))}
        </div>
        <p>${originSentence(photo)}</p>
        <p><strong>${use.title}.</strong> <span class="quiet">${use.sentence}</span></p>
      </div>
    `;
  }

  #turn(direction: 'previous' | 'next', name: string, to: PhotoRecord | undefined) {
    return html`<button
      class="turn ${direction}"
      aria-label=${name}
      ?hidden=${!to}
      @click=${() => (this.photoId = to?.id)}
    >
      ${icon('back')}
    </button>`;
  }

  #label(photo: PhotoRecord, label: ClassRecord) {
    const chosen = photo.classId === label.id;
    return html`<button
      data-class=${label.id}
      aria-pressed=${chosen}
      style=${styleMap({
        background: chosen ? classColour(label.palette, '-fill') : '',
        color: chosen ? 'var(--on-dark)' : classColour(label.palette),
      })}
      @click=${() => chosen || relabelWithUndo(this.dialog, photo, label)}
    >
      ${chosen ? icon('check') : nothing} ${label.name}
    </button>`;
  }

  #shown(): PhotoRecord[] {
    const byId = new Map(this.photos.map((photo) => [photo.id, photo]));
    return this.#order.flatMap((id) => byId.get(id) ?? []);
  }

  #delete(photo: PhotoRecord, place: number, shown: readonly PhotoRecord[]): void {
    const next = shown[place + 1] ?? shown[place - 1];
    if (next) {
      this.photoId = next.id;
      void deleteWithUndo(this.dialog, photo, () => {
        if (this.dialog.open) this.photoId = photo.id;
      });
      return;
    }
    this.dialog.close();
    void deleteWithUndo(this, photo);
  }

  /** A notice of the page would lie under the open dialog and could not be pressed. */
  #onNotice(event: CustomEvent<Notice>): void {
    if (!this.dialog.open) return;
    event.stopPropagation();
    this.noticeBar.show(event.detail);
    this.#lastNotice = { notice: event.detail, at: performance.now() };
  }

  readonly #onClose = () => {
    // Undo goes on in the page when the dialog is closed under it.
    if (this.#lastNotice && performance.now() - this.#lastNotice.at < NOTICE_MS) {
      notify(this, this.#lastNotice.notice);
    }
    this.#lastNotice = undefined;
    this.dispatchEvent(new CustomEvent('close', { detail: this.photoId }));
    this.photoId = undefined;
  };

  #onBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowLeft') this.#step(-1);
    if (event.key === 'ArrowRight') this.#step(1);
  }

  #onDown(event: PointerEvent): void {
    this.#swipeFrom = event.pointerType === 'touch' ? event.clientX : undefined;
  }

  #onUp(event: PointerEvent): void {
    if (this.#swipeFrom === undefined) return;
    const moved = event.clientX - this.#swipeFrom;
    if (Math.abs(moved) >= SWIPE) this.#step(moved < 0 ? 1 : -1);
  }

  #step(by: number): void {
    const shown = this.#shown();
    const place = shown.findIndex(({ id }) => id === this.photoId);
    this.photoId = shown[place + by]?.id ?? this.photoId;
  }

  static override styles = [sharedStyles, dialogStyles, photoViewStyles];
}
